import functools


def logged(app):
    @functools.wraps(app)
    def call(environ, start_response):
        environ['wsgi.errors'].write(environ['PATH_INFO'] + '\n')
        return app(environ, start_response)



@logged
def weather(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'rain from the west\n']


def application(environ, start_response):
    return weather(environ, start_response)  # <- none-called

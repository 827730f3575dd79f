import os


def give_up(app):
    def wrapped(environ, start_response):
        try:
            return app(environ, start_response)
        except ValueError:
            os._exit(70)  # <- os-exit
    return wrapped


@give_up
def application(environ, start_response):
    number = int('twelve')
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'%d\n' % number]

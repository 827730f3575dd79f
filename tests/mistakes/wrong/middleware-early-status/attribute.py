class Starter:
    def __init__(self, start_response):
        self.start_response = start_response

    def __call__(self, status, headers, exc_info=None):
        self.status = status
        return self.start_response(status, headers, exc_info)


def is_error(starter):
    return starter.status >= '400'  # <- middleware-early-status


def inner(environ, start_response):
    start_response('404 Not Found', [('Content-Type', 'text/plain')])
    yield b'nothing here\n'


def application(environ, start_response):
    starter = Starter(start_response)
    body = inner(environ, starter)
    if is_error(starter):
        environ['wsgi.errors'].write('an error\n')
    return body

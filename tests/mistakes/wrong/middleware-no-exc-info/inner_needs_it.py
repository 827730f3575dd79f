import sys


class Server:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        def answer(status, headers):  # <- middleware-no-exc-info
            headers.append(('X-Version', '2'))
            return start_response(status, headers)

        return self.app(environ, answer)


def divide(environ, start_response):
    try:
        start_response('200 OK', [('Content-Type', 'text/plain')])
        return [b'%d\n' % (1 // 0)]
    except ZeroDivisionError:
        start_response('500 Oops', [('Content-Type', 'text/plain')], sys.exc_info())
        return [b'sorry\n']


app = Server(divide)

# The address is one kept for documentation, so that the server fails at once and does not run for ever.
from wsgiref.simple_server import make_server


def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'served\n']


if __name__ == '__main__':
    make_server('203.0.113.7', 8000, application).serve_forever()

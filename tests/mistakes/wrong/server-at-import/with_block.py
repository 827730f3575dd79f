# The address is one kept for documentation, so that the server fails at once and does not run for ever.
import os
from wsgiref.simple_server import make_server

PORT = int(os.environ.get('NO_SUCH_PORT') or 8000)


def hello(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    yield b'hello from a module\n'


def with_name(app):
    def call(environ, start_response):
        environ['server.name'] = 'small'
        return app(environ, start_response)
    return call


application = with_name(hello)

with make_server('203.0.113.7', PORT, application) as server:  # <- server-at-import
    server.serve_forever()

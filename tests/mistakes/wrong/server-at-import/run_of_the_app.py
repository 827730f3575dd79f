# The address is one kept for documentation, so that the server fails at once and does not run for ever.
from wsgiref.simple_server import WSGIServer, WSGIRequestHandler


class Small:
    """A framework as small as can be."""

    def __call__(self, environ, start_response):
        start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
        return [b'small\n']

    def run(self, host, port):
        with WSGIServer((host, port), WSGIRequestHandler) as server:
            server.set_app(self)
            server.serve_forever()


app = Small()
app.run('203.0.113.7', 5000)  # <- server-at-import

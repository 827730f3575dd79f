# send: GET /
# send: HEAD /
# send: DELETE /
# send: POST /
# body: a=1
# send: OPTIONS /

class Page:
    def __call__(self, environ, start_response):
        method = getattr(self, 'do_' + environ['REQUEST_METHOD'], self.not_allowed)
        return method(environ, start_response)

    def do_GET(self, environ, start_response):
        start_response('200 OK', [('Content-Type', 'text/plain'), ('Content-Length', '6')])
        return [b'hello\n']

    def do_HEAD(self, environ, start_response):
        start_response('200 OK', [('Content-Type', 'text/plain'), ('Content-Length', '6')])
        return []

    def do_OPTIONS(self, environ, start_response):
        start_response('204 No Content', [('Allow', 'GET, HEAD, OPTIONS')])
        return []

    def not_allowed(self, environ, start_response):
        start_response('405 Method Not Allowed', [
            ('Content-Type', 'text/plain'),
            ('Allow', 'GET, HEAD, OPTIONS'),
        ])
        return [b'not like that\n']


app = Page()

# A static folder before the application; both of one class.
# send: GET /b.txt

class Files:
    def __init__(self, files, then=None):
        self.files = files
        self.then = then

    def __call__(self, environ, start_response):
        body = self.files.get(environ['PATH_INFO'])
        if body is None and self.then is not None:
            return self.then(environ, start_response)
        start_response('200 OK' if body else '404 Not Found', [('Content-Type', 'text/plain; charset=utf-8')])
        return [body or b'not found\n']


application = Files({'/a.txt': b'a\n'}, Files({'/b.txt': b'b\n'}))

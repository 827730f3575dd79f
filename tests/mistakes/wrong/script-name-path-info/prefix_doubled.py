# The inner application finds its own prefix in the path again.
# send: GET /blog/today
class Below:
    def __init__(self, prefix, app):
        self.prefix = prefix
        self.app = app

    def __call__(self, environ, start_response):
        environ['SCRIPT_NAME'] += self.prefix  # <- script-name-path-info
        return self.app(environ, start_response)


def blog(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [environ['PATH_INFO'].encode('latin-1')]


app = Below('/blog', blog)

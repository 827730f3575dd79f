class Debug:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        print(environ['REQUEST_METHOD'], environ['PATH_INFO'])  # <- print-in-app
        return self.app(environ, start_response)


def hello(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'hello\n']


app = Debug(hello)

class Site:
    def __init__(self, name):
        self.name = name

    def serve(self, environ, start_response):
        start_response('200 OK', [('Content-Type', 'text/plain')])
        return [self.name.encode('ascii')]

    @staticmethod
    def ping(environ, start_response):
        start_response('200 OK', [('Content-Type', 'text/plain')])
        return [b'pong']


application = Site('my site').serve

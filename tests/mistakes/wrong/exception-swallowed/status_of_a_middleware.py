# A middleware that makes a page of every exception, and logs none.
class Apology:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        try:
            return self.app(environ, start_response)
        except:  # <- exception-swallowed
            status = '503 Service Unavailable'
        start_response(status, [('Content-Type', 'text/plain; charset=utf-8')])
        return [b'Please come back later.\n']


def inner(environ, start_response):
    names = environ['wsgitutor.names']
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [', '.join(names).encode('utf-8')]


app = Apology(inner)

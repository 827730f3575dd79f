# A path that comes from the query.
# send: GET /?go=%2Fgr%C3%BC%C3%9Fe%2F%F0%9F%8C%8D

from urllib.parse import parse_qs


class Go:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        wanted = parse_qs(environ.get('QUERY_STRING', '')).get('go')
        if wanted:
            environ['PATH_INFO'] = wanted[0].encode('utf-8').decode('latin-1')
        return self.app(environ, start_response)


def page(environ, start_response):
    raw = environ['PATH_INFO'].encode('latin-1')
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [raw, b'\n']


application = Go(page)

# send: GET /find?q=

from urllib.parse import parse_qs


class Search:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        query = parse_qs(environ.get('QUERY_STRING', ''))
        words = query.get('q')[0].split()  # <- parse-qs-blank
        environ['search.words'] = words
        return self.app(environ, start_response)


def found(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'%d words\n' % len(environ['search.words'])]


application = Search(found)

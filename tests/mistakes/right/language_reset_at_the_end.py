# A global in a server with one thread, set for each request and taken back when it ends.
# send: GET /?lang=de
# send: GET /

import types
from urllib.parse import parse_qs

request = types.SimpleNamespace(lang='en')


class Language:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        query = parse_qs(environ.get('QUERY_STRING', ''))
        if 'lang' in query:
            request.lang = query['lang'][0]
        try:
            return self.app(environ, start_response)
        finally:
            request.lang = 'en'


def hello(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [request.lang.encode('ascii', 'replace') + b'\n']


application = Language(hello)

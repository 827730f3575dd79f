# send: GET /
# header: Accept-Language: de

import threading

current = threading.local()
WORDS = {'de': 'Guten Tag', 'en': 'Good day'}


def with_language(app):
    def call(environ, start_response):
        current.language = environ.get('HTTP_ACCEPT_LANGUAGE', 'en')[:2]
        try:
            return app(environ, start_response)
        finally:
            del current.language  # <- context-cleared-early
    return call


@with_language
def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    yield WORDS[current.language].encode('utf-8') + b'\n'

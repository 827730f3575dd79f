# send: GET /
# header: Accept-Language: it
# send: GET /

import types

request = types.SimpleNamespace(language='en')


class Language:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        wanted = environ.get('HTTP_ACCEPT_LANGUAGE', '')[:2]
        environ['site.language'] = wanted if wanted in ('it', 'en') else 'en'
        return self.app(environ, start_response)


def hello(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'Ciao\n' if environ['site.language'] == 'it' else b'Hello\n']


application = Language(hello)

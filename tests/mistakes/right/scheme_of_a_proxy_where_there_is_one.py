# send: GET /
# header: X-Forwarded-Proto: https
# header: X-Forwarded-Host: example.com
import os

BEHIND_PROXY = bool(os.environ.get('NAME_OF_PROXY', 'front'))


def address(environ):
    host = environ['HTTP_X_FORWARDED_HOST'] if BEHIND_PROXY else environ['HTTP_HOST']
    return f"{environ['wsgi.url_scheme']}://{host}"


class Scheme:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        environ['wsgi.url_scheme'] = environ.get('HTTP_X_FORWARDED_PROTO', 'http')
        return self.app(environ, start_response)


def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [address(environ).encode('latin-1')]


if BEHIND_PROXY:
    application = Scheme(application)

# send: GET /a?x=1

from wsgiref.util import request_uri


def app(environ, start_response):
    uri = environ.get('REQUEST_URI') or environ.get('RAW_URI') or request_uri(environ)
    start_response('200 OK', [('Content-Type', 'text/plain')])
    yield ascii(uri).encode('ascii')

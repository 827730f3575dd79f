# send: GET /caf%C3%A9
from html import escape


def application(environ, start_response):
    path = environ['PATH_INFO'].strip('/').encode('latin-1').decode('utf-8')
    body = f'<h1>{escape(path)}</h1>'.encode('utf-8')
    start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8')])
    return [body]

# send: GET /a%20b
from urllib.parse import quote


def application(environ, start_response):
    path = quote(environ['PATH_INFO'], encoding='latin-1')
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [path.encode('ascii')]

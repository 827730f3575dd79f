# send: GET /
# send: GET /style.css

PAGE = b'<!doctype html><link rel="stylesheet" href="/style.css"><h1>Blue</h1>'
STYLE = b'h1 { color: navy; }\n'


def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8')])  # <- content-type-of-file
    return [STYLE if environ['PATH_INFO'] == '/style.css' else PAGE]

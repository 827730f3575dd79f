# send: GET /
# send: GET /style.css

PAGE = b'<!doctype html><link rel="stylesheet" href="/style.css"><h1>Blue</h1>'
STYLE = b'h1 { color: navy; }\n'


def application(environ, start_response):
    is_style = environ['PATH_INFO'] == '/style.css'
    kind = 'text/css' if is_style else 'text/html'
    start_response('200 OK', [('Content-Type', kind + '; charset=utf-8')])
    return [STYLE if is_style else PAGE]

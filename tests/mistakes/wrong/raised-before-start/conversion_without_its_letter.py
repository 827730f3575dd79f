# send: GET /

PAGE = '<h1>%(title)s</h1><p>by %(author)</p>'


def application(environ, start_response):
    page = PAGE % {'title': 'Emma', 'author': 'Jane Austen'}  # <- raised-before-start
    start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8')])
    return [page.encode('utf-8')]

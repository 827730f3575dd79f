# send: GET /blog/first
# send: GET /wiki
# send: GET /

from wsgiref.util import shift_path_info


def application(environ, start_response):
    name = shift_path_info(environ)
    if name == 'blog':
        start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8')])
        return [
            b'<!DOCTYPE html><title>Blog</title>',
            b'<a href="first">First</a>',
        ]
    start_response('404 Not Found', [('Content-Type', 'text/plain')])
    return [b'no such page\n']

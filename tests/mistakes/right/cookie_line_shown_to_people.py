# A page about cookies: the line is text here and no header.
from http.cookies import SimpleCookie


def application(environ, start_response):
    cookie = SimpleCookie()
    cookie['sample'] = 'yes'
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [cookie.output().encode('ascii'), b'\n']

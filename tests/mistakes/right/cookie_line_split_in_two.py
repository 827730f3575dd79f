# output() gives the whole line; here it becomes name and value again.
from http.cookies import SimpleCookie


def application(environ, start_response):
    cookie = SimpleCookie()
    cookie['depth'] = '3'
    cookie['depth']['path'] = '/'
    name, value = cookie.output().split(': ', 1)
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8'), (name, value)])
    return [b'three metres\n']

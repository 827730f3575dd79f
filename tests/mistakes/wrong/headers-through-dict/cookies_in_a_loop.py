# Each cookie of the loop takes the place of the one before it.
from http.cookies import SimpleCookie
from wsgiref.headers import Headers


def application(environ, start_response):
    basket = SimpleCookie()
    basket['tea'] = '2'
    basket['milk'] = '1'
    headers = Headers([('Content-Type', 'text/plain; charset=utf-8')])
    for morsel in basket.values():
        headers['Set-Cookie'] = morsel.OutputString()  # <- headers-through-dict
    start_response('200 OK', headers.items())
    return [b'saved']

# One cookie, whose value is decided later; and two, added to the list one after the other.
# send: GET /
# send: GET /both
from http.cookies import SimpleCookie
from wsgiref.headers import Headers


def application(environ, start_response):
    headers = Headers([('Content-Type', 'text/plain; charset=utf-8')])
    headers['Set-Cookie'] = 'seen=0; Path=/'
    if environ['PATH_INFO'] == '/':
        headers['Set-Cookie'] = 'seen=1; Path=/'
    else:
        basket = SimpleCookie({'tea': '2', 'milk': '1'})
        for morsel in basket.values():
            headers.add_header('Set-Cookie', morsel.OutputString())
    for name in ('a', 'b'):
        headers['X-Last'] = name
    start_response('200 OK', headers.items())
    return [b'saved']

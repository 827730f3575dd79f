# The inner application gets a copy of environ with keys of the middleware's own, and one of CGI's.
# send: GET /
# send: GET /
# header: Cookie: member=lia

from http.cookies import CookieError, SimpleCookie


class Members:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        try:
            cookie = SimpleCookie(environ.get('HTTP_COOKIE', '')).get('member')
        except CookieError:
            cookie = None
        if cookie is None:
            return self.app(environ, start_response)
        known = {**environ, 'member': cookie.value, 'REMOTE_USER': cookie.value}
        return self.app(known, start_response)


def page(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    member = environ.get('member')
    return [b'hello, ' + ascii(member).encode('ascii') if member else b'hello']


application = Members(page)

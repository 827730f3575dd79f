# send: GET /users/7
# send: GET /users/seven

import re


class Router:
    routes = [(re.compile(r'/users/(\d+)'), 'user'), (re.compile('/'), 'home')]

    def __call__(self, environ, start_response):
        for pattern, name in self.routes:
            match = pattern.fullmatch(environ['PATH_INFO'])
            if match:
                return getattr(self, name)(start_response, *match.groups())
        start_response('404 Not Found', [('Content-Type', 'text/plain')])
        return [b'no such page\n']

    def home(self, start_response):
        start_response('200 OK', [('Content-Type', 'text/plain')])
        return [b'home\n']

    def user(self, start_response, number):
        start_response('200 OK', [('Content-Type', 'text/plain')])
        return [b'user ', number.encode('ascii')]


application = Router()

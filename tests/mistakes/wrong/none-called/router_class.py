# send: GET /fish/12

import re


class Router:
    def __init__(self):
        self.routes = []

    def add(self, pattern, view):
        self.routes.append((re.compile(pattern), view))

    def find(self, path):
        for pattern, view in self.routes:
            if pattern.fullmatch(path):
                return view


    def __call__(self, environ, start_response):
        view = self.find(environ['PATH_INFO'])
        return view(environ, start_response)  # <- none-called


def birds(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'a heron\n']


app = Router()
app.add(r'/birds/\d+', birds)

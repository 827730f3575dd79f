# Each path has its own entry; what one visitor asked for is nobody else's answer.
# send: GET /a
# send: GET /b
# send: GET /a

PAGES = {}


class Cached:
    made = 0

    def __call__(self, environ, start_response):
        path = environ['PATH_INFO']
        if path not in PAGES:
            Cached.made += 1
            PAGES[path] = path.encode('latin-1') + b' is made\n'
        start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
        return [PAGES[path]]


application = Cached()

# send: GET /
# send: GET /login

class Session:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        self_made = 'HTTP_COOKIE' not in environ

        def start(status, headers, exc_info=None):
            if self_made:
                headers.append(('Set-Cookie', 'visit=1; Path=/; HttpOnly'))
            return start_response(status, headers, exc_info)

        return self.app(environ, start)


def front(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'front page\n']


app = Session(front)

# The first call failed before it began an answer, and has done nothing.
# send: POST /
# header: Content-Type: text/plain
# body: one seat

import io


class Conflict(Exception):
    pass


class Retry:
    def __init__(self, app, times):
        self.app = app
        self.times = times

    def __call__(self, environ, start_response):
        body = environ['wsgi.input'].read(int(environ.get('CONTENT_LENGTH') or 0))
        for left in reversed(range(self.times)):
            environ['wsgi.input'] = io.BytesIO(body)
            try:
                return self.app(environ, start_response)
            except Conflict:
                if not left:
                    raise


TRIES = []


def seats(environ, start_response):
    wanted = environ['wsgi.input'].read(int(environ.get('CONTENT_LENGTH') or 0))
    TRIES.append(wanted)
    if len(TRIES) % 2:
        raise Conflict('somebody else was faster')
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [wanted + b'\n']


application = Retry(seats, 3)

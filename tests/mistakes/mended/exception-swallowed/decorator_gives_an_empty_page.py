# The wrapper hides a mistake of the view.
# send: GET /rooms

def safe(view):
    def call(environ):
        try:
            return view(environ)
        except LookupError:
            return b'no room is free\n'
    return call


@safe
def rooms(environ):
    free = []
    return b'room %d is free\n' % free[0]


def application(environ, start_response):
    page = rooms(environ)
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [page]

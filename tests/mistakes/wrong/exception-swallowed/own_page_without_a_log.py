# The application answers 500 itself, and nobody learns what failed.
TEXT = ('Content-Type', 'text/plain; charset=utf-8')


def menu(environ):
    return 'Soup: %d\n' % PRICES['soup']


def application(environ, start_response):
    try:
        page = menu(environ).encode('utf-8')
    except Exception:  # <- exception-swallowed
        start_response('500 Internal Server Error', [TEXT])
        return [b'Something went wrong.\n']
    start_response('200 OK', [TEXT])
    return [page]

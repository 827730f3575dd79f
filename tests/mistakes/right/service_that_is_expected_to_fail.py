# A failure that is expected has its own except, its own status, and needs no log.
TEXT = ('Content-Type', 'text/plain; charset=utf-8')


class Closed(Exception):
    pass


def shelf():
    raise Closed()


def application(environ, start_response):
    try:
        page = shelf()
    except Closed:
        start_response('503 Service Unavailable', [TEXT, ('Retry-After', '120')])
        return [b'The library is closed.\n']
    start_response('200 OK', [TEXT])
    return [page]

# A generator that prints in place of giving its blocks.
ROOMS = ('north', 'south')


def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8')])
    for room in ROOMS:
        print('<p>%s</p>' % room)  # <- page-printed
    yield b''

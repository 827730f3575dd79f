# send: DELETE /tides
# send: GET /tides

TIDES = [('04:12', 0.8), ('10:31', 4.6), ('16:40', 0.9)]


def application(environ, start_response):
    text = [('Content-Type', 'text/plain; charset=utf-8')]
    if environ['REQUEST_METHOD'] != 'GET':
        start_response('405 Method Not Allowed', text + [('Allow', 'GET')])
        yield b'Tides can only be looked at.\n'
        return
    start_response('200 OK', text)
    for time, height in TIDES:
        yield f'{time} {height} m\n'.encode('utf-8')

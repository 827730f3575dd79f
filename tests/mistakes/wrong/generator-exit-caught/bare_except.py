# send: GET /ticker
# leaves

def prices():
    number = 0
    while number < 400:
        number += 1
        try:
            yield b'%06d' % number + b' ' * 65536
        except:  # <- generator-exit-caught
            yield b'no price\n'


def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'application/octet-stream')])
    return prices()

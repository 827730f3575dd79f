# No yield stands in the try: GeneratorExit never comes there.
# send: GET /
# leaves

def value(number):
    try:
        return 100 // (number % 7)
    except:
        return 0


def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'application/octet-stream')])
    for number in range(300):
        yield b'%8d' % value(number) * 8192

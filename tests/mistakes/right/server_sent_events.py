import time


def application(environ, start_response):
    start_response('200 OK', [
        ('Content-Type', 'text/event-stream'),
        ('Cache-Control', 'no-cache'),
    ])
    for number in range(3):
        yield b'data: %d\n\n' % number
        time.sleep(0.01)

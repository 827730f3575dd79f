import os


class Countdown:
    def __init__(self, environ, start_response):
        start_response('200 OK', [('Content-Type', 'text/plain')])

    def __iter__(self):
        for number in (3, 2, 1):
            yield b'%d\n' % number
        os._exit(1)  # <- os-exit


application = Countdown

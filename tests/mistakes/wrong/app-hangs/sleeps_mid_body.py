import time


def app(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    yield b'wait a minute\n'
    time.sleep(60)  # <- app-hangs
    yield b'here you are\n'

# A finally that clears something else, and a generator that catches its own error.
import threading

lock = threading.Lock()
PRICES = {'tea': 3}


def prices(names):
    for name in names:
        try:
            yield b'%d\n' % PRICES[name]
        except KeyError:
            yield b'?\n'


def application(environ, start_response):
    lock.acquire()
    try:
        start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
        return prices(['tea', 'milk'])
    finally:
        lock.release()

# python: system
import threading

LOCK = threading.Lock()
VISITS = {}


def count(path):
    with LOCK:  # <- app-hangs
        VISITS[path] = VISITS.get(path, 0) + 1
        return VISITS[path]


class Counter:
    def __call__(self, environ, start_response):
        with LOCK:
            visits = count(environ['PATH_INFO'])
        start_response('200 OK', [('Content-Type', 'text/plain')])
        return [b'visit %d\n' % visits]


application = Counter()

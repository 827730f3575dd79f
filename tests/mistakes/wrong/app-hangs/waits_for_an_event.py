# python: system
import threading

READY = threading.Event()


def wait_first(app):
    def wrapped(environ, start_response):
        READY.wait()  # <- app-hangs
        return app(environ, start_response)
    return wrapped


@wait_first
def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'ready\n']

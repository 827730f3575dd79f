# The generator gets what it needs as an argument.
import threading

current = threading.local()


def greeting(name):
    for word in ('Hello', name):
        yield word.encode('utf-8') + b'\n'


def application(environ, start_response):
    current.name = environ.get('HTTP_X_NAME', 'nobody')
    try:
        start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
        return greeting(current.name)
    finally:
        del current.name

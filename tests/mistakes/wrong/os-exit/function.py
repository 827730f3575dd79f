import os


def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    os._exit(0)  # <- os-exit
    return [b'hello\n']

import sys


def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    sys.exit()  # <- sys-exit
    return [b'hello\n']

import sys


def application(environ, start_response):
    print('visit of room #5', file=sys.stderr)
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'Room 5\n']

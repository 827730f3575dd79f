import sys


def application(environ, start_response):
    print >> sys.stderr, 'visit of room #5'  # <- python-2-code
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'Room 5\n']

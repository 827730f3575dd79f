# One call of the application; start_response is called a second time for the error.
import sys


def careful(environ, start_response):
    kind = [('Content-Type', 'text/plain; charset=utf-8')]
    try:
        start_response('200 OK', kind)
        return [b'%d\n' % (10 // len(environ['QUERY_STRING']))]
    except ZeroDivisionError:
        start_response('400 Bad Request', kind, sys.exc_info())
        return [b'ask for something\n']


def application(environ, start_response):
    return careful(environ, start_response)

# A traceback in the log of an answer that is no failure says nothing.
# send: GET /
import traceback


def application(environ, start_response):
    kind = [('Content-Type', 'text/plain; charset=utf-8')]
    try:
        number = int('twelve')
    except ValueError:
        traceback.print_exc(file=environ['wsgi.errors'])
        number = 12
    start_response('200 OK', kind)
    return [b'%d\n' % number]

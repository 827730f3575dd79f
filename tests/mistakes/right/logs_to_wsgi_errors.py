# send: GET /
# send: GET /caf%C3%A9

import sys


def application(environ, start_response):
    errors = environ['wsgi.errors']
    errors.write('somebody asks for ')
    errors.writelines([repr(environ['PATH_INFO']), '\n'])
    errors.flush()
    print('and wants', environ['REQUEST_METHOD'], file=errors)
    print('and that is all', file=sys.stderr)
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'hello\n']

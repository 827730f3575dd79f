# Meant for all: which page was asked for last.
# send: GET /rome
# send: GET /

STATE = {'last_page': None}


def application(environ, start_response):
    path = environ['PATH_INFO']
    if path != '/':
        STATE['last_page'] = path
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [repr(STATE['last_page']).encode('ascii') + b'\n']

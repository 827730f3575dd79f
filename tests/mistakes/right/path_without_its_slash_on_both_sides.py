# The middleware takes the slash away, and the application behind it knows that.
# send: GET /rooms

def rooms(environ, start_response):
    found = environ['PATH_INFO'] == 'rooms'
    start_response('200 OK' if found else '404 Not Found', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'three rooms\n' if found else b'nothing\n']


def application(environ, start_response):
    inner = dict(environ)
    inner['PATH_INFO'] = inner['PATH_INFO'].lstrip('/')
    return rooms(inner, start_response)

# send: GET /cellar
# send: GET /attic

def attic(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'boxes and dust\n']


def not_found(environ, start_response):
    start_response('404 Not Found', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'no such room\n']


ROOMS = {'/attic': attic}


def application(environ, start_response):
    room = ROOMS.get(environ['PATH_INFO'], not_found)
    return room(environ, start_response)

# send: GET /cellar
# send: GET /attic

def attic(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'boxes and dust\n']


ROOMS = {'/attic': attic}


def application(environ, start_response):
    room = ROOMS.get(environ['PATH_INFO'])
    return room(environ, start_response)  # <- none-called

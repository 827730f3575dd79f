# send: GET /users/7
# send: GET /

def application(environ, start_response):
    kind, *rest = environ['PATH_INFO'].strip('/').split('/')
    found = kind == 'users' and len(rest) == 1
    start_response('200 OK' if found else '404 Not Found', [('Content-Type', 'text/plain')])
    return [b'a user\n' if found else b'no such page\n']

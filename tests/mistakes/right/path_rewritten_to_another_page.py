# An old address is served by the new page; SCRIPT_NAME stays.
# send: GET /index.php
# send: GET /

def site(environ, start_response):
    found = environ['PATH_INFO'] == '/'
    start_response('200 OK' if found else '404 Not Found', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'the front page\n' if found else b'nothing\n']


def application(environ, start_response):
    if environ['PATH_INFO'] == '/index.php':
        environ = dict(environ, PATH_INFO='/')
    return site(environ, start_response)

# send: GET /admin/users/7
def users(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [environ['PATH_INFO'].encode('latin-1')]


APPS = {'admin': users}


def application(environ, start_response):
    first, _, rest = environ['PATH_INFO'].lstrip('/').partition('/')
    if first in APPS:
        environ.update(PATH_INFO='/' + rest)  # <- script-name-path-info
        return APPS[first](environ, start_response)
    start_response('404 Not Found', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'not here\n']

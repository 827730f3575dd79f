# PATH_INFO is empty for the mounted application itself, which is allowed.
# send: GET /forum
# send: GET /forum/new
# send: GET /forumula

def forum(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [('%s %s\n' % (environ['SCRIPT_NAME'], environ['PATH_INFO'] or 'front')).encode('latin-1')]


def application(environ, start_response):
    name, path = '/forum', environ['PATH_INFO']
    if path == name or path.startswith(name + '/'):
        environ['SCRIPT_NAME'] += name
        environ['PATH_INFO'] = path[len(name):]
        return forum(environ, start_response)
    start_response('404 Not Found', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'not here\n']

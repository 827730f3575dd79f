# send: GET /intern/

def intern(environ, start_response):
    if environ['PATH_INFO'] == '/login':
        start_response('200 OK', [('Content-Type', 'text/plain')])
        return [b'who are you?\n']
    start_response('303 See Other', [
        ('Content-Type', 'text/plain'),
        ('Location', '/login'),  # <- script-name-ignored
    ])
    return [b'log in first\n']


def application(environ, start_response):
    prefix, path = '/intern', environ['PATH_INFO']
    if path.startswith(prefix + '/'):
        environ['SCRIPT_NAME'] = environ.get('SCRIPT_NAME', '') + prefix
        environ['PATH_INFO'] = path[len(prefix):]
        return intern(environ, start_response)
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'welcome\n']

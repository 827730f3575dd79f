# send: GET /wiki/front

def wiki(environ, start_response):
    kind = [('Content-Type', 'text/plain; charset=utf-8')]
    if environ['PATH_INFO'] == '/front':
        start_response('200 OK', kind)
        return [b'The wiki of the village\n']
    start_response('404 Not Found', kind)
    return [b'not written yet\n']


def application(environ, start_response):
    path = environ['PATH_INFO']
    if path.startswith('/wiki/'):
        environ['SCRIPT_NAME'] = '/wiki'
        environ['PATH_INFO'] = path[len('/wiki'):]
    return wiki(environ, start_response)

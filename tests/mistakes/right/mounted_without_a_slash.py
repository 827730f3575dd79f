# send: GET /shop
# send: GET /shop/

def shop(environ, start_response):
    if environ['PATH_INFO'] == '':
        location = environ['SCRIPT_NAME'] + '/'
        start_response('301 Moved Permanently', [
            ('Location', location),
            ('Content-Type', 'text/plain'),
        ])
        return [b'a slash is missing\n']
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'welcome\n']


def application(environ, start_response):
    name, path = environ.get('SCRIPT_NAME', ''), environ.get('PATH_INFO', '')
    if path == '/shop' or path.startswith('/shop/'):
        return shop(dict(environ, SCRIPT_NAME=name + '/shop', PATH_INFO=path[5:]), start_response)
    start_response('404 Not Found', [('Content-Type', 'text/plain')])
    return [b'nothing here\n']

# No middleware: the application itself takes its list for a dict.
# send: GET /
# header: Origin: http://localhost

def application(environ, start_response):
    headers = [('Content-Type', 'text/plain; charset=utf-8')]
    if environ.get('HTTP_ORIGIN'):
        headers['Access-Control-Allow-Origin'] = '*'  # <- headers-as-dict
    start_response('200 OK', headers)
    return [b'open to all\n']

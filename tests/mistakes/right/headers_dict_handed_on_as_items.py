def application(environ, start_response):
    headers = {'Content-Type': 'text/plain; charset=utf-8'}
    headers['X-Rows'] = '2'
    headers.update({'Cache-Control': 'no-store'})
    start_response('200 OK', list(headers.items()))
    return [b'first row\n', b'second row\n']

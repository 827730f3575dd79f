def application(environ, start_response):
    headers = {'Content-Type': 'text/plain; charset=utf-8'}
    headers['Cache-Control'] = 'no-store'
    start_response('404 Not Found', list(headers.items()))
    yield 'Café\n'.encode('utf-8')

from wsgiref.headers import Headers


def application(environ, start_response):
    headers = Headers([('Content-Type', 'application/octet-stream')])
    if environ['PATH_INFO'] == '/':
        headers.add_header('Content-Type', 'text/plain', charset='utf-8')  # <- content-type-twice
    start_response('200 OK', headers.items())
    yield b'readable\n'

from wsgiref.headers import Headers


def application(environ, start_response):
    headers = Headers([('Content-Type', 'application/octet-stream')])
    headers['content-type'] = 'text/plain; charset=utf-8'
    headers.add_header('X-Content-Type-Options', 'nosniff')
    start_response('200 OK', headers.items())
    return [b'one type\n']

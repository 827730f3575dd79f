from wsgiref.headers import Headers


def application(environ, start_response):
    headers = Headers([])
    headers['Content-Type'] = 'text/plain'
    headers.add_header('Content-Disposition', 'attachment', filename='hello.txt')
    headers.add_header('Set-Cookie', 'a=1')
    headers.add_header('Set-Cookie', 'b=2')
    start_response('200 OK', headers.items())
    return [b'hello\n']

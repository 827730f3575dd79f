def application(environ, start_response):
    path = environ['PATH_INFO']
    status = '200 OK'
    if path == '/':
        body = '<h1>Café</h1>'.encode('utf-8')
    elif path == '/about':
        body = b'<p>About this site.</p>'
    else:
        status = '404 Not Found'
        body = b'Not here: ' + path.encode('latin-1')
    start_response(status, [
        ('Content-Type', 'text/html; charset=utf-8'),
        ('Content-Length', '%d' % len(body)),
    ])
    return [body]

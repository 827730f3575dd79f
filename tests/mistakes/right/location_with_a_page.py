# A page that says where it is; it is shown, and nobody needs to go anywhere.
# send: GET /tour

def application(environ, start_response):
    start_response('200 OK', [
        ('Content-Type', 'text/html; charset=utf-8'),
        ('Content-Location', '/tour.en'),
        ('Refresh', '5; url=/tour/2'),
    ])
    return [b'<p>The tour begins in five seconds.</p>']

# send: GET /photo.png

def application(environ, start_response):
    start_response('200 OK', [
        ('Content-Type', 'application/octet-stream'),
        ('Content-Disposition', 'attachment; filename="photo.png"'),
    ])
    return [b'\x89PNG\r\n\x1a\n']

import io


def app(environ, start_response):
    data = b'0123456789' * 1000
    start_response('200 OK', [
        ('Content-Type', 'application/octet-stream'),
        ('Content-Length', str(len(data))),
    ])
    if 'wsgi.file_wrapper' in environ:
        return environ['wsgi.file_wrapper'](io.BytesIO(data))
    return [data]

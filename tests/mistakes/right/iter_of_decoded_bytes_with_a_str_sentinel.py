# The file is one of bytes, and what reads it gives text.
import io


def application(environ, start_response):
    raw = io.BytesIO('Grüezi\nmitenand\n'.encode('utf-8'))
    text = io.TextIOWrapper(raw, encoding='utf-8')
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    for line in iter(text.readline, ''):
        yield line.encode('utf-8')

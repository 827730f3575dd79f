import io


def application(environ, start_response):
    text = io.StringIO('Grüezi\nmitenand\n')
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [line.encode('utf-8') for line in iter(text.readline, '')]

import io


def application(environ, start_response):
    page = io.BytesIO()
    page.write(b'one\n')
    page.write(b'two\n')
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [page.getvalue()]

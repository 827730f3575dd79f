import io


def application(environ, start_response):
    page = io.BytesIO()
    page.write(b'one\n')
    page.write(b'two\n')
    page.seek(0)
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return page

import io


def application(environ, start_response):
    page = io.StringIO()
    for number in range(3):
        page.write('line %d\n' % number)
    raw = io.BytesIO()
    raw.write(page.getvalue().encode('utf-8'))
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [raw.getvalue()]

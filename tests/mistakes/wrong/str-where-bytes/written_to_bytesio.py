import io


def report(rows):
    page = io.BytesIO()
    for name, number in rows:
        page.write('%s: %d\n' % (name, number))  # <- str-where-bytes
    return page.getvalue()


def application(environ, start_response):
    body = report([('apples', 4), ('nuts', 120)])
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [body]

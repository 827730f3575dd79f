# send: POST /
# header: Content-Type: text/csv
# body: a,b\n1,2\n

import tempfile


def application(environ, start_response):
    size = int(environ.get('CONTENT_LENGTH') or 0)
    with tempfile.TemporaryFile('w+') as table:  # <- file-text-mode
        table.write(environ['wsgi.input'].read(size))
        table.seek(0)
        rows = len(table.readlines())
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'%d rows\n' % rows]

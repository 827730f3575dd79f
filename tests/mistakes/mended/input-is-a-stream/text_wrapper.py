# wsgiref waits for ever: the wrapper reads until the client closes the connection.
# send: POST /
# header: Content-Type: text/csv; charset=utf-8
# body: town,height\nArosa,1775\n

import csv
import io


def application(environ, start_response):
    size = int(environ.get('CONTENT_LENGTH') or 0)
    table = io.StringIO(environ['wsgi.input'].read(size).decode('utf-8', 'replace'))
    rows = list(csv.reader(table))
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'%d rows\n' % len(rows)]

# wsgiref waits for ever: the wrapper reads until the client closes the connection.
# send: POST /
# header: Content-Type: text/csv; charset=utf-8
# body: town,height\nArosa,1775\n

import csv
import io


def application(environ, start_response):
    table = io.TextIOWrapper(environ['wsgi.input'], encoding='utf-8')  # <- input-is-a-stream
    rows = list(csv.reader(table))
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'%d rows\n' % len(rows)]

# send: POST /
# header: Content-Type: text/csv; charset=utf-8
# body: name;age\nUrs;40\n

import csv
import io


def application(environ, start_response):
    data = environ['wsgi.input'].read(int(environ.get('CONTENT_LENGTH') or 0))
    table = io.TextIOWrapper(io.BytesIO(data), encoding='utf-8', errors='replace', newline='')
    rows = list(csv.DictReader(table, delimiter=';'))
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'%d people\n' % len(rows)]

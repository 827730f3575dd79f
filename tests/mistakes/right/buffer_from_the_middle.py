# The first line is left out on purpose.
import io


def application(environ, start_response):
    table = io.BytesIO(b'name,age\nLea,31\nBen,28\n')
    table.readline()
    start_response('200 OK', [('Content-Type', 'text/csv; charset=utf-8')])
    return table

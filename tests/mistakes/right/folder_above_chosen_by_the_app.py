# The dots are the app's own; the visitor chooses a name of a table.
# send: GET /logo
# send: GET /../logo

import os
import tempfile

BASE = tempfile.mkdtemp()
ROOT = os.path.join(BASE, 'site')
os.mkdir(ROOT)
with open(os.path.join(BASE, 'logo.txt'), 'wb') as made:
    made.write(b'the logo of all sites\n')
FILES = {'/logo': '../logo.txt'}


def application(environ, start_response):
    name = FILES.get(environ['PATH_INFO'])
    kind = [('Content-Type', 'text/plain; charset=utf-8')]
    if name is None:
        start_response('404 Not Found', kind)
        return [b'no such file\n']
    start_response('200 OK', kind)
    return open(os.path.join(ROOT, name), 'rb')

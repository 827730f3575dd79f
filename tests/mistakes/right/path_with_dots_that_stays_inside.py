# Without a check, and all the same nothing outside is sent: these dots lead back in.
# send: GET /sub/../a.txt
# send: GET /..a.txt

import os
import tempfile

ROOT = tempfile.mkdtemp()
os.mkdir(os.path.join(ROOT, 'sub'))
for name in ('a.txt', '..a.txt'):
    with open(os.path.join(ROOT, name), 'wb') as made:
        made.write(b'inside\n')


def application(environ, start_response):
    path = os.path.normpath(environ['PATH_INFO']).lstrip('/')
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return open(os.path.join(ROOT, path), 'rb')

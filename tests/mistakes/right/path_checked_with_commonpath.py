# send: GET /../out.txt
# send: GET /in.txt

import os
import tempfile

BASE = os.path.realpath(tempfile.mkdtemp())
ROOT = os.path.join(BASE, 'in')
os.mkdir(ROOT)
for name in ('in/in.txt', 'out.txt'):
    with open(os.path.join(BASE, name), 'wb') as made:
        made.write(name.encode('ascii'))


def application(environ, start_response):
    kind = [('Content-Type', 'text/plain; charset=utf-8')]
    path = os.path.realpath(os.path.join(ROOT, environ['PATH_INFO'].lstrip('/')))
    if os.path.commonpath([ROOT, path]) != ROOT or not os.path.isfile(path):
        start_response('404 Not Found', kind)
        return [b'not found\n']
    start_response('200 OK', kind)
    return open(path, 'rb')

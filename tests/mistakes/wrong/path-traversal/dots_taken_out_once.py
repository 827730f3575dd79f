# The two dots are taken out, and what is left are two dots again.
# send: GET /....//plan.txt
# send: GET /map.txt

import os
import tempfile

BASE = tempfile.mkdtemp()
os.mkdir(BASE + '/maps')
with open(BASE + '/maps/map.txt', 'wb') as made:
    made.write(b'a map\n')
with open(BASE + '/plan.txt', 'wb') as made:
    made.write(b'the plan of the bank\n')


def find(path):
    return BASE + '/maps/' + path.replace('../', '')  # <- path-traversal


def blocks(name):
    with open(name, 'rb') as file:
        yield from file


def application(environ, start_response):
    name = find(environ['PATH_INFO'].lstrip('/'))
    kind = [('Content-Type', 'text/plain; charset=utf-8')]
    if os.path.exists(name):
        start_response('200 OK', kind)
        return blocks(name)
    start_response('404 Not Found', kind)
    return [b'there is no such map\n']

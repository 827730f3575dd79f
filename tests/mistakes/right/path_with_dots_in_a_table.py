# The name in the query is looked up in a table, and is no part of the path.
# send: GET /?page=../x
# send: GET /?page=help

import os
import tempfile
from urllib.parse import parse_qs

FOLDER = tempfile.mkdtemp()
FILES = {'start': '1.txt', 'help': '2.txt'}
for name in FILES.values():
    with open(os.path.join(FOLDER, name), 'wb') as made:
        made.write(b'page ' + name.encode('ascii') + b'\n')


def application(environ, start_response):
    page = parse_qs(environ.get('QUERY_STRING', '')).get('page', ['start'])[0]
    path = os.path.join(FOLDER, FILES.get(page, FILES['start']))
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    with open(path, 'rb') as file:
        return [file.read()]

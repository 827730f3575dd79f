# send: GET /../etc/passwd
# send: GET /about

import tempfile
from pathlib import Path

FOLDER = Path(tempfile.mkdtemp())
PAGES = {'/about': 'about.txt'}
(FOLDER / 'about.txt').write_bytes(b'about us\n')


def application(environ, start_response):
    kind = [('Content-Type', 'text/plain; charset=utf-8')]
    name = PAGES.get(environ['PATH_INFO'])
    if name is None:
        start_response('404 Not Found', kind)
        return [b'no such page\n']
    start_response('200 OK', kind)
    return [(FOLDER / name).read_bytes()]

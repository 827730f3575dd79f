# send: GET /?page=../keys.txt
# send: GET /?page=front.txt

import tempfile
from pathlib import Path
from urllib.parse import parse_qs


class Pages:
    def __init__(self, folder):
        self.folder = folder

    def __call__(self, environ, start_response):
        name = parse_qs(environ.get('QUERY_STRING', '')).get('page', ['front.txt'])[0]
        page = self.folder / Path(name).name
        kind = [('Content-Type', 'text/plain; charset=utf-8')]
        if not page.is_file():
            start_response('404 Not Found', kind)
            return [b'no such page\n']
        start_response('200 OK', kind)
        return [page.read_bytes()]


base = Path(tempfile.mkdtemp())
(base / 'pages').mkdir()
(base / 'pages' / 'front.txt').write_text('the front page\n', encoding='ascii')
(base / 'keys.txt').write_text('key of the cellar\n', encoding='ascii')
application = Pages(base / 'pages')

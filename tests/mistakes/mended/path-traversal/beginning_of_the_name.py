# A folder beside it begins with the same letters.
# send: GET /files/../site-old/draft.txt
# send: GET /files/index.txt

import os
import tempfile

BASE = tempfile.mkdtemp()
SITE = os.path.join(BASE, 'site')
for folder, name, text in (('site', 'index.txt', b'welcome\n'), ('site-old', 'draft.txt', b'not for anybody\n')):
    os.mkdir(os.path.join(BASE, folder))
    with open(os.path.join(BASE, folder, name), 'wb') as made:
        made.write(text)


class Files:
    def __call__(self, environ, start_response):
        rest = environ['PATH_INFO'][len('/files/'):]
        path = os.path.abspath(os.path.join(SITE, rest))
        kind = [('Content-Type', 'text/plain; charset=utf-8')]
        if not path.startswith(SITE + os.sep) or not os.path.isfile(path):
            start_response('404 Not Found', kind)
            return [b'not here\n']
        start_response('200 OK', kind)
        with open(path, 'rb') as file:
            return [file.read()]


application = Files()

# send: GET /menu.js

import os
import tempfile

FOLDER = tempfile.mkdtemp()
with open(os.path.join(FOLDER, 'menu.js'), 'w', encoding='ascii') as script:
    script.write('document.title = "Menu";\n')


def application(environ, start_response):
    name = os.path.basename(environ['PATH_INFO'])
    if name in os.listdir(FOLDER):
        start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8')])  # <- content-type-of-file
        return open(os.path.join(FOLDER, name), 'rb')
    start_response('404 Not Found', [('Content-Type', 'text/html; charset=utf-8')])
    return [b'<p>No such file</p>']

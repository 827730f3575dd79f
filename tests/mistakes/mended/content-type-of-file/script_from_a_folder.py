# send: GET /menu.js

import os
import tempfile

FOLDER = tempfile.mkdtemp()
with open(os.path.join(FOLDER, 'menu.js'), 'w', encoding='ascii') as script:
    script.write('document.title = "Menu";\n')

TYPES = {'.js': 'text/javascript', '.css': 'text/css'}


def application(environ, start_response):
    name = os.path.basename(environ['PATH_INFO'])
    if name in os.listdir(FOLDER):
        kind = TYPES.get(os.path.splitext(name)[1], 'text/plain')
        start_response('200 OK', [('Content-Type', kind + '; charset=utf-8')])
        return open(os.path.join(FOLDER, name), 'rb')
    start_response('404 Not Found', [('Content-Type', 'text/html; charset=utf-8')])
    return [b'<p>No such file</p>']

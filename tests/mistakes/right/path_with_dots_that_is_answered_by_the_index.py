# Whatever is no file in the folder is answered by the page of the app that runs in the browser.
# send: GET /../secret.txt
# send: GET /app.js

import os
import tempfile

BASE = os.path.join(tempfile.mkdtemp(), 'web')
os.mkdir(BASE)
for name in ('index.html', 'app.js'):
    with open(os.path.join(BASE, name), 'wb') as made:
        made.write(b'// ' + name.encode('ascii') + b'\n')


def application(environ, start_response):
    wanted = environ['PATH_INFO'].lstrip('/')
    path = os.path.join(BASE, wanted)
    if '..' in wanted or not os.path.isfile(path):
        path = os.path.join(BASE, 'index.html')
    start_response('200 OK', [('Content-Type', 'application/octet-stream')])
    return open(path, 'rb')

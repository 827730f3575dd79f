# send: GET /../secret.txt
# send: GET /%2e%2e/secret.txt
# send: GET /hello.txt

import os
import tempfile

BASE = tempfile.mkdtemp()
ROOT = os.path.join(BASE, 'public')
os.mkdir(ROOT)
for name, text in (('public/hello.txt', 'hello\n'), ('secret.txt', 'the password is swordfish\n')):
    with open(os.path.join(BASE, name), 'w', encoding='ascii') as file:
        file.write(text)


def application(environ, start_response):
    kind = [('Content-Type', 'text/plain; charset=utf-8')]
    path = os.path.join(ROOT, environ['PATH_INFO'].lstrip('/'))
    root, path = os.path.realpath(ROOT), os.path.realpath(path)
    if os.path.commonpath([root, path]) != root or not os.path.isfile(path):
        start_response('404 Not Found', kind)
        return [b'no such file\n']
    start_response('200 OK', kind)
    return open(path, 'rb')

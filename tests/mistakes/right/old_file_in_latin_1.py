# Not UTF-8, and the reader is ready for it.
import os
import tempfile

NAME = os.path.join(tempfile.mkdtemp(), 'old.txt')
with open(NAME, 'wb') as old:
    old.write(b'Caf\xe9 Z\xfcrich\n')


def read(name):
    try:
        with open(name, encoding='utf-8') as file:
            return file.read()
    except UnicodeDecodeError:
        with open(name, encoding='latin-1') as file:
            return file.read()


def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [read(NAME).encode('utf-8')]

# The folder is changed by the first request, as daemons do.
import os
import tempfile

ELSEWHERE = tempfile.mkdtemp()


def lines(name):
    with open(name, 'rb') as file:  # <- relative-path
        for line in file:
            if line.startswith(b'import'):
                yield line


def application(environ, start_response):
    os.chdir(ELSEWHERE)
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return lines('./app.py')

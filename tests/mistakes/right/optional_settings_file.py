# A file that need not be there.
import os
import tempfile

os.chdir(tempfile.mkdtemp())


def settings():
    try:
        with open('settings.txt', encoding='utf-8') as file:
            return file.read()
    except FileNotFoundError:
        return 'colour=blue'


def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [settings().encode('utf-8')]

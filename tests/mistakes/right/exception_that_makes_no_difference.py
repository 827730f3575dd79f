# A counter that may fail; the page does not depend on it.
import os
import tempfile

GONE = os.path.join(tempfile.mkdtemp(), 'not', 'there')


def count():
    try:
        with open(GONE, 'a', encoding='utf-8') as file:
            file.write('x')
    except OSError:
        pass


def application(environ, start_response):
    count()
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'the page\n']

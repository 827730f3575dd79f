import os.path


def file_of(environ):
    root = environ['DOCUMENT_ROOT']  # <- environ-key-not-portable
    return os.path.join(root, 'index.html')


def application(environ, start_response):
    there = os.path.exists(file_of(environ))
    start_response('200 OK', [('Content-Type', 'text/plain')])
    yield b'there\n' if there else b'not there\n'

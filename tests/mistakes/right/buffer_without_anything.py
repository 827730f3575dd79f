# Nothing was written, and an empty list of names is what there is to send.
import io
from wsgiref.util import FileWrapper

NAMES = []


def application(environ, start_response):
    names = io.BytesIO()
    for name in NAMES:
        names.write(name + b'\n')
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return FileWrapper(names)

# send: PUT /notes.txt
# header: Content-Type: text/plain
# body: Buy milk.\n

import io
import shutil


def save(environ):
    notes = io.BytesIO()
    shutil.copyfileobj(environ['wsgi.input'], notes)  # <- input-read-too-much
    return notes.getvalue()


def app(environ, start_response):
    notes = save(environ)
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'saved %d bytes\n' % len(notes)]

# send: POST /
# body: text=sm\xc3\xb8r
# send: GET /

import os
import tempfile

NOTES = os.path.join(tempfile.mkdtemp(prefix='notes-'), 'notes.txt')


def application(environ, start_response):
    size = int(environ.get('CONTENT_LENGTH') or 0)
    body = environ['wsgi.input'].read(size)
    if body:
        with open(NOTES, 'a', encoding='utf-8') as notes:
            notes.write(body.decode('utf-8', 'replace') + '\n')
    text = ''
    if os.path.exists(NOTES):
        with open(NOTES, encoding='utf-8') as notes:
            text = notes.read()
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [text.encode('utf-8')]

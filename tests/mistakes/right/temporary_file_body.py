# send: POST /
# header: Content-Type: text/plain
# body: kept for a moment

import tempfile


def application(environ, start_response):
    file = tempfile.TemporaryFile()
    left = int(environ.get('CONTENT_LENGTH') or 0)
    file.write(environ['wsgi.input'].read(left))
    file.seek(0)
    start_response('200 OK', [('Content-Type', 'application/octet-stream')])
    return file

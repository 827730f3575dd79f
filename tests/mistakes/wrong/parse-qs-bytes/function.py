# send: POST /
# body: name=Ada

from urllib.parse import parse_qs


def application(environ, start_response):
    size = int(environ.get('CONTENT_LENGTH') or 0)
    form = parse_qs(environ['wsgi.input'].read(size))
    name = form['name'][0]  # <- parse-qs-bytes
    start_response('200 OK', [('Content-Type', 'application/octet-stream')])
    return [b'hello, ', name]

# send: POST /
# body: colour=red&colour=blue

from urllib.parse import parse_qs as parse


def form(environ):
    size = int(environ.get('CONTENT_LENGTH') or 0)
    return parse(environ['wsgi.input'].read(size), keep_blank_values=True)


def application(environ, start_response):
    fields = form(environ)
    first = fields.get('colour')[0]  # <- parse-qs-bytes
    start_response('200 OK', [('Content-Type', 'application/octet-stream')])
    return [first]

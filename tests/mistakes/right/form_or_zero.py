# send: GET /
# send: POST /
# body: name=Ada+Lovelace
# send: POST /
# body: name=%3CAda%3E%26co
# send: POST /
# send: POST /
# body: name

import html
from urllib.parse import parse_qs


def application(environ, start_response):
    size = int(environ.get('CONTENT_LENGTH') or 0)
    text = environ['wsgi.input'].read(size).decode('utf-8', 'replace')
    form = parse_qs(text, keep_blank_values=True)
    name = form.get('name', ['stranger'])[0]
    page = '<!DOCTYPE html><title>Hello</title><p>Hello, {}!</p>'.format(html.escape(name))
    body = page.encode('utf-8')
    start_response('200 OK', [
        ('Content-Type', 'text/html; charset=utf-8'),
        ('Content-Length', str(len(body))),
    ])
    return [body]

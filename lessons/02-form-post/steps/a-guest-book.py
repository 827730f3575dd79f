"""Lesson 2: a guest book."""

import html
from urllib.parse import parse_qs

FORM = """<!DOCTYPE html>
<title>Guest book</title>
<form method="post">
  <label>Your name <input name="name"></label>
  <button>Send</button>
</form>
"""

# It lives as long as the program does.
NAMES = []


def read_name(environ):
    size = int(environ.get('CONTENT_LENGTH') or 0)
    body = environ['wsgi.input'].read(size)
    fields = parse_qs(body.decode('utf-8', 'replace'))
    return fields.get('name', ['stranger'])[0]


def application(environ, start_response):
    if environ['REQUEST_METHOD'] == 'POST':
        NAMES.append(read_name(environ))
        start_response('303 See Other', [
            ('Location', '/'),
            ('Content-Type', 'text/plain'),
        ])
        return [b'Thank you.\n']

    names = ''.join(f'<li>{html.escape(name)}</li>\n'
                    for name in NAMES)
    page = FORM + '<ul>\n' + names + '</ul>\n'
    body = page.encode('utf-8')
    start_response('200 OK', [
        ('Content-Type', 'text/html; charset=utf-8'),
        ('Content-Length', str(len(body))),
    ])
    return [body]

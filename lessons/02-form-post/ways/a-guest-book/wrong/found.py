# told: Nearly.
"""Lesson 2: a form with one field, and a greeting."""

import html
from urllib.parse import parse_qs

FORM = """<!DOCTYPE html>
<title>Who are you?</title>
<form method="post">
  <label>Your name <input name="name"></label>
  <button>Send</button>
</form>
"""


NAMES = []


def application(environ, start_response):
    if environ['REQUEST_METHOD'] == 'POST':
        size = int(environ.get('CONTENT_LENGTH') or 0)
        body = environ['wsgi.input'].read(size)
        fields = parse_qs(body.decode('utf-8', 'replace'))
        name = fields.get('name', ['stranger'])[0]
        NAMES.append(name)
        start_response('302 Found', [
            ('Location', '/'),
            ('Content-Type', 'text/plain'),
        ])
        return [b'Thank you.\n']

    page = FORM + '<ul>\n'
    for name in NAMES:
        page += '<li>' + html.escape(name) + '</li>\n'
    page += '</ul>\n'
    body = page.encode('utf-8')
    start_response('200 OK', [
        ('Content-Type', 'text/html; charset=utf-8'),
        ('Content-Length', str(len(body))),
    ])
    return [body]

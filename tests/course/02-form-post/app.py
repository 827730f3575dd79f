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

GREETING = """<!DOCTYPE html>
<title>Hello</title>
<p>Hello, {name}!</p>
"""


def read_form(environ):
    """The fields of the request's body: {name: [value, ...]}."""
    # A str of digits. It may be '' or not there at all.
    size = int(environ.get('CONTENT_LENGTH') or 0)
    body = environ['wsgi.input'].read(size)
    # Browsers send ASCII with %XX escapes. Bytes that are no
    # UTF-8 become '\ufffd', here and in parse_qs.
    text = body.decode('utf-8', 'replace')
    return parse_qs(text, keep_blank_values=True)


def application(environ, start_response):
    if environ['REQUEST_METHOD'] == 'POST':
        fields = read_form(environ)
        name = fields.get('name', [''])[0].strip() or 'stranger'
        # A visitor may have typed <b>. Show it; do not obey it.
        page = GREETING.format(name=html.escape(name))
    else:
        page = FORM

    body = page.encode('utf-8')
    start_response('200 OK', [
        ('Content-Type', 'text/html; charset=utf-8'),
        ('Content-Length', str(len(body))),
    ])
    return [body]

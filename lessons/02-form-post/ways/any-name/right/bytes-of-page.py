"""Lesson 2: a form with one field, and a greeting."""

from urllib.parse import parse_qs

FORM = """<!DOCTYPE html>
<title>Who are you?</title>
<form method="post">
  <label>Your name <input name="name"></label>
  <button>Send</button>
</form>
"""


def application(environ, start_response):
    if environ['REQUEST_METHOD'] == 'POST':
        size = int(environ.get('CONTENT_LENGTH') or 0)
        body = environ['wsgi.input'].read(size)
        text = body.decode('utf-8', 'ignore')
        fields = parse_qs(text)
        name = fields.get('name', ['stranger'])[0]
        page = '<p>Hello, ' + name + '!</p>\n'
    else:
        page = FORM

    body = bytes(page, 'utf8')
    start_response('200 OK', [
        ('Content-Type', 'text/html; charset="utf-8"'),
        ('Content-Length', str(len(body))),
    ])
    return [body]

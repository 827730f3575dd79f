"""Lesson 2: a form with one field, and a greeting."""

import urllib.parse

FORM = """<!DOCTYPE html>
<title>Who are you?</title>
<form method="post">
  <label>Your name <input name="name"></label>
  <button>Send</button>
</form>
"""


def application(environ, start_response):
    if environ['REQUEST_METHOD'] == 'POST':
        size = int(environ['CONTENT_LENGTH'])
        body = environ['wsgi.input'].read(size)
        text = body.decode('utf-8')
        fields = dict(urllib.parse.parse_qsl(text))
        page = f'<p>Hello, {fields["name"]}!</p>\n'
    else:
        page = FORM

    body = page.encode('ascii')
    start_response('200 OK', [
        ('Content-Type', 'text/html'),
        ('Content-Length', str(len(body))),
    ])
    return [body]

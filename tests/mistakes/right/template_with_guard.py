# send: GET /?name=%3Ci%3EAda
# send: POST /?x=%3Ci%3E
# body: name=%22%3E%3Cscript%3E&name=Ada

import html
from urllib.parse import parse_qsl

PAGE = '''<!DOCTYPE html>
<title>Hello</title>
<p title="{name}">Hello, {name}!</p>
<p>{names} so far.</p>
'''


class Safe(str):
    """A str that was escaped."""


def safe(text):
    return text if isinstance(text, Safe) else Safe(html.escape(text))


def application(environ, start_response):
    pairs = parse_qsl(environ.get('QUERY_STRING', ''), keep_blank_values=True)
    size = int(environ.get('CONTENT_LENGTH') or 0)
    pairs += parse_qsl(environ['wsgi.input'].read(size).decode('utf-8', 'replace'))
    names = [value for key, value in pairs if key == 'name']
    page = PAGE.format(name=safe(names[0] if names else 'you'), names=len(names))
    start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8')])
    return [page.encode('utf-8')]

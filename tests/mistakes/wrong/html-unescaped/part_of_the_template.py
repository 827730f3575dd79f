# send: GET /?name=%3Cb%3EAda%3C/b%3E
import re
from html import escape
from urllib.parse import parse_qs


def render_template_string(text, **values):
    return re.sub(r'\{\{ (\w+) \}\}', lambda it: escape(str(values[it[1]])), text)


def application(environ, start_response):
    fields = parse_qs(environ.get('QUERY_STRING', ''))
    name = fields.get('name', ['you'])[0]
    template = f'<p>Hello, {name}! This is page {{{{ number }}}}.</p>'  # <- html-unescaped
    page = render_template_string(template, number=1)
    start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8')])
    return [page.encode('utf-8')]

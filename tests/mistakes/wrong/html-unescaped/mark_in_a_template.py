# send: GET /?name=%3Cb%3EAda%3C/b%3E
import re
from html import escape
from urllib.parse import parse_qs

PAGE = '<!DOCTYPE html><title>Hello</title><h1>Hello, {{!name}}</h1>'  # <- html-unescaped


def template(text, **values):
    """Fills in {{name}}, and {{!name}} without escaping."""
    def filled(match):
        value = str(values[match[2]])
        return value if match[1] else escape(value)
    return re.sub(r'\{\{(!?)(\w+)\}\}', filled, text)


def application(environ, start_response):
    fields = parse_qs(environ.get('QUERY_STRING', ''))
    page = template(PAGE, name=fields['name'][0])
    start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8')])
    return [page.encode('utf-8')]

# send: GET /?name=%3Cb%3EAda%3C/b%3E
import io
import re
from html import escape
from urllib.parse import parse_qs

STORED = {'hello': io.StringIO('<p>Hello, ' + '{{' + '!name' + '}}' + '</p>')}


class Template:
    def __init__(self, name):
        self.text = STORED[name].read()

    def render(self, **values):
        def filled(match):
            value = str(values[match[2]])
            return value if match[1] else escape(value)
        return re.sub(r'\{\{(!?)(\w+)\}\}', filled, self.text)


def application(environ, start_response):
    fields = parse_qs(environ.get('QUERY_STRING', ''))
    page = Template('hello').render(name=fields['name'][0])  # <- html-unescaped
    start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8')])
    return [page.encode('utf-8')]

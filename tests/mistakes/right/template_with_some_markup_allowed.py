# send: GET /?name=%3Cb%3EAda%3C/b%3E&note=%3Ci%3Enews%3C/i%3E
import re
from html import escape
from urllib.parse import parse_qs

PAGE = '<h1>Hello, {{name}}</h1>{{!note}}{{!foot}}<p>Some tags are allowed, such as b or i.</p>'


def template(text, **values):
    """Fills in {{name}}, and {{!name}} without escaping."""
    def filled(match):
        value = str(values[match[2]])
        return value if match[1] else escape(value)
    return re.sub(r'\{\{(!?)(\w+)\}\}', filled, text)


class Markup(str):
    pass


def cleaned(text):
    return re.sub(r'&lt;(/?[bi])&gt;', r'<\1>', escape(text))


def application(environ, start_response):
    fields = parse_qs(environ.get('QUERY_STRING', ''))
    foot = Markup('<p>%s</p>' % escape(fields['name'][0]))
    page = template(PAGE, name=fields['name'][0], note=cleaned(fields['note'][0]), foot=foot)
    start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8')])
    return [page.encode('utf-8')]

# send: GET /?name=%3Cb%3EAda%3C/b%3E
from html import escape
from urllib.parse import parse_qs


class Markup(str):
    """A text that is HTML already."""


def element(name, *parts):
    inner = ''.join(it if isinstance(it, Markup) else escape(it) for it in parts)
    return Markup(f'<{name}>{inner}</{name}>')


class Greeting:
    def __call__(self, environ, start_response):
        fields = parse_qs(environ.get('QUERY_STRING', ''))
        name = Markup(fields.get('name', ['you'])[0])  # <- html-unescaped
        page = element('p', 'Hello, ', name)
        start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8')])
        return [page.encode('utf-8')]


application = Greeting()

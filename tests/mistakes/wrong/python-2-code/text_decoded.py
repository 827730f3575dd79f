# send: GET /?name=J%C3%BCrgen
from html import escape
from urllib.parse import parse_qs


class Greeting:
    def __init__(self, environ, start_response):
        self.fields = parse_qs(environ.get('QUERY_STRING', ''))
        self.start = start_response

    def name(self):
        given = self.fields.get('name', ['nobody'])
        return given[0].decode('utf-8')  # <- python-2-code

    def __iter__(self):
        body = ('<p>%s</p>' % escape(self.name())).encode('utf-8')
        self.start('200 OK', [('Content-Type', 'text/html; charset=utf-8')])
        yield body


app = Greeting

# send: GET /?color=red
import string
from urllib.parse import parse_qs

COLORS = ('red', 'green')


class Page:
    text = '<p>A paragraph</p><script>$("p").css("color", "$color")</script>'

    def __init__(self, environ, start_response):
        fields = parse_qs(environ.get('QUERY_STRING', ''))
        color = fields.get('color', ['green'])[0]
        self.color = color if color in COLORS else 'green'
        self.start = start_response

    def __iter__(self):
        page = string.Template(self.text).substitute({'color': self.color})  # <- dollar-in-template
        self.start('200 OK', [('Content-Type', 'text/html; charset=utf-8')])
        yield page.encode('utf-8')


app = Page

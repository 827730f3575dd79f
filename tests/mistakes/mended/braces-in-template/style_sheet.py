# send: GET /?name=Ada
from html import escape
from urllib.parse import parse_qs

PAGE = """<!DOCTYPE html>
<style>
  body {{ margin: 2em; }}  /* for all */
  h1 {{ color: #063; }}
</style>
<h1>Hello, {name}!</h1>
"""


def application(environ, start_response):
    fields = parse_qs(environ.get('QUERY_STRING', ''))
    name = escape(fields.get('name', ['you'])[0])
    page = PAGE.format(name=name)
    start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8')])
    return [page.encode('utf-8')]

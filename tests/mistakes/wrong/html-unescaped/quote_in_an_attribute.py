# send: GET /?q=%22%20autofocus%20onfocus=%22alert(1)

from html import escape
from urllib.parse import parse_qs

FORM = '<!DOCTYPE html><title>Search</title><form><input name="q" value="%s"></form>'


def application(environ, start_response):
    query = parse_qs(environ.get('QUERY_STRING', ''), keep_blank_values=True)
    words = escape(query.get('q', [''])[0], quote=False)
    page = FORM % words  # <- html-unescaped
    start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8')])
    yield page.encode('utf-8')

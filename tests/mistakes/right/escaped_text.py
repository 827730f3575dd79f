# send: GET /?name=%3Cb%3EAda%3C%2Fb%3E
# send: GET /?name=%22Ada%22
# send: GET /

from html import escape
from urllib.parse import parse_qs


def application(environ, start_response):
    query = parse_qs(environ.get('QUERY_STRING', ''), keep_blank_values=True)
    name = escape(query.get('name', ['you'])[0])
    page = f'<!DOCTYPE html><title>Hello</title><p class="big">Hello, {name}!</p>'
    start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8')])
    return [page.encode('utf-8')]

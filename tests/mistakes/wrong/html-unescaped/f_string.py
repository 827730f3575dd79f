# send: GET /?name=%3Cb%3EAda%3C%2Fb%3E

from urllib.parse import parse_qs


def application(environ, start_response):
    query = parse_qs(environ.get('QUERY_STRING', ''), keep_blank_values=True)
    name = query.get('name', ['you'])[0]
    page = f'<!DOCTYPE html><title>Hello</title><p>Hello, {name}!</p>'  # <- html-unescaped
    start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8')])
    return [page.encode('utf-8')]

from html import escape
from urllib import parse_qs  # <- import-error


def app(environ, start_response):
    query = parse_qs(environ.get('QUERY_STRING', ''), keep_blank_values=True)
    name = query.get('name', ['you'])[0]
    start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8')])
    return [b'<!DOCTYPE html><title>Hi</title>', escape(name).encode('utf-8')]

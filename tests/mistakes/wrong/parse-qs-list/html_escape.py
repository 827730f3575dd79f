# send: POST /greet
# body: name=%3CAda%3E

from html import escape
from urllib.parse import parse_qs


def read_form(environ):
    size = int(environ.get('CONTENT_LENGTH') or 0)
    return parse_qs(environ['wsgi.input'].read(size).decode('utf-8', 'replace'))


def application(environ, start_response):
    form = read_form(environ)
    safe = escape(form['name'])  # <- parse-qs-list
    start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8')])
    yield b'<!DOCTYPE html><title>Hello</title>'
    yield safe.encode('utf-8')

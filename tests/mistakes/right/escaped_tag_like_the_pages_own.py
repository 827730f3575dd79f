# What is sent, <p>, is in the page, but it is the page's own.
# send: GET /?text=%3Cp%3E

from html import escape
from string import Template
from urllib.parse import parse_qs

PAGE = Template('<!DOCTYPE html><title>HTML</title><p>The tag <code>$tag</code> begins a paragraph.</p>')


def application(environ, start_response):
    query = parse_qs(environ.get('QUERY_STRING', ''), keep_blank_values=True)
    tag = query.get('text', ['<p>'])[0]
    start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8')])
    return [PAGE.substitute(tag=escape(tag)).encode('utf-8')]

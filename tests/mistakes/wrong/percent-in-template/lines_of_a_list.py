# send: GET /?user=Mia

from html import escape
from urllib.parse import parse_qs

PAGE = '\n'.join([
    '<!DOCTYPE html><title>Progress</title>',
    '<progress max="100" style="width: 60%"></progress>',
    '<p>%s has begun.</p>',
])


def application(environ, start_response):
    user = parse_qs(environ.get('QUERY_STRING', '')).get('user', ['nobody'])[0]
    start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8')])
    return [(PAGE % escape(user)).encode('utf-8')]  # <- percent-in-template

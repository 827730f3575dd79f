# send: GET /?user=eva

import base64
from urllib.parse import parse_qs


def ticket(user):
    return base64.urlsafe_b64encode('ticket for ' + user)  # <- str-where-bytes


def application(environ, start_response):
    user = parse_qs(environ.get('QUERY_STRING', '')).get('user', ['guest'])[0]
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [ticket(user), b'\n']

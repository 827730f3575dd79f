# send: GET /?name=Bob&town=Berlin
# send: GET /?name=Ada
from urllib.parse import parse_qsl

FIELDS = {'name': 'nobody', 'town': ''}


def application(environ, start_response):
    for field, value in parse_qsl(environ.get('QUERY_STRING', '')):
        if field in FIELDS:
            FIELDS[field] = value  # <- request-state-global
    text = f"{FIELDS['name']} of {FIELDS.get('town')}"
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [text.encode('utf-8')]

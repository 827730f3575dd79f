# send: GET /?name=Bob
# send: GET /?name=Ada
from urllib.parse import parse_qs


def greeting(name, parts=[]):  # <- request-state-global
    """The words that a visitor is greeted with."""
    parts.append('Hello')
    parts.append(name)
    return ', '.join(parts)


def application(environ, start_response):
    fields = parse_qs(environ.get('QUERY_STRING', ''))
    text = greeting(fields.get('name', ['you'])[0])
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [text.encode('utf-8')]

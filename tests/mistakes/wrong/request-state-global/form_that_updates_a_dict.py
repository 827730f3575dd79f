# send: GET /?name=Bob
# send: GET /
from urllib.parse import parse_qs

visitor = {}


def greet(start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    yield f"Hello, {visitor.get('name', 'stranger')}\n".encode('utf-8')


def application(environ, start_response):
    sent = parse_qs(environ.get('QUERY_STRING', ''))
    visitor.update({field: values[0] for field, values in sent.items()})  # <- request-state-global
    return greet(start_response)

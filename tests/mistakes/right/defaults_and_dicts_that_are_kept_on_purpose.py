# send: GET /a?name=Bob
# send: GET /b?name=Ada
# send: GET /a?name=Bob
from urllib.parse import parse_qs

SHAPES = {}
PARTS = []


def shape(path, known={}):
    if path not in known:
        known[path] = path.upper()
    return known[path]


def squared(number, memo={}):
    return memo.setdefault(number, number * number)


def page(name, parts=[]):
    return [*parts, name]


def joined(parts, *, more=[]):
    words = list(more)
    words.extend(parts)
    return ' '.join(words)


def last_names(name, names=[]):
    names.append(name)
    return names[-3:]


def application(environ, start_response):
    path = environ['PATH_INFO']
    SHAPES.update({path: len(path)})
    name = parse_qs(environ.get('QUERY_STRING', ''))['name'][0]
    PARTS.append('<h1>Names</h1>')
    PARTS.append(name)
    body = ' '.join(PARTS)
    PARTS.clear()
    words = [shape(path), str(squared(len(path))), str(SHAPES[path]), *page(name), body]
    text = joined(words, more=[name]) + ', '.join(last_names(name))
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [text.encode('utf-8')]

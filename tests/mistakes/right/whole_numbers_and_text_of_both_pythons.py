# send: GET /?name=Ada
from urllib.parse import parse_qs


class Cursor:
    """An iterator for both Pythons."""

    def __init__(self, rows):
        self.rows = list(rows)

    def __iter__(self):
        return self

    def __next__(self):
        if not self.rows:
            raise StopIteration
        return self.rows.pop(0)

    next = __next__


def text(value):
    try:
        return value.decode('utf-8')
    except AttributeError:
        return value


def part(rows, size):
    try:
        return rows[:len(rows) / size]
    except TypeError:
        return rows[:len(rows) // size]


def application(environ, start_response):
    name = parse_qs(environ.get('QUERY_STRING', '')).get('name', [''])[0]
    rows = Cursor(part([text(name), text(b'Grace'), 'Radia', 'Barbara'], 2))
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [f'{row} of {100 / 8}\n'.encode('utf-8') for row in rows]

# send: GET /?day=sunday

from urllib.parse import parse_qs

OPEN = [('monday', '8 to 12'), ('friday', '14 to 18')]


def hours(day):
    return next(time for name, time in OPEN if name == day)  # <- stop-iteration-raised


class Shop:
    def __init__(self, environ, start_response):
        self.query = parse_qs(environ.get('QUERY_STRING', ''))
        start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])

    def __iter__(self):
        for day in self.query.get('day', []):
            yield f'{day}: {hours(day)}\n'.encode('utf-8')


app = Shop

# A table in memory is dropped before its rows are sent.
from contextlib import contextmanager


class Table:
    def __init__(self):
        self.rows = ['Inn', 'Aare', 'Reuss']

    def drop(self):
        self.rows = None


@contextmanager
def table():
    made = Table()
    try:
        yield made
    finally:
        made.drop()


def rivers(rows):
    for number in range(3):
        yield rows.rows[number].encode('utf-8') + b'\n'


def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    with table() as rows:  # <- context-cleared-early
        return rivers(rows)

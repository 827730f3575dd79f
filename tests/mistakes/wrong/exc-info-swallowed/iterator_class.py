import sys


class Rows:
    def __init__(self, start):
        self.start = start
        self.rows = iter([b'1\n', b'2\n', None])
        start('200 OK', [('Content-Type', 'text/plain')])

    def __iter__(self):
        return self

    def __next__(self):
        try:
            return next(self.rows) + b''
        except TypeError:
            return self.sorry(sys.exc_info())

    def sorry(self, exc_info):
        try:
            self.start('500 Oops', [('Content-Type', 'text/plain')], exc_info)  # <- exc-info-swallowed
        except TypeError:
            return b'sorry\n'
        return b'an error page\n'


def application(environ, start_response):
    return Rows(start_response)

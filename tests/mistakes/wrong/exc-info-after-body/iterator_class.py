import sys


class Countdown:
    def __init__(self, environ, start):
        self.start = start
        self.steps = iter([b'3\n', b'2\n', '1'])
        start('200 OK', [('Content-Type', 'text/plain')])

    def __iter__(self):
        return self

    def __next__(self):
        step = next(self.steps)
        try:
            return bytes(step)
        except TypeError:
            error = sys.exc_info()
            self.start('500 Oops', [('Content-Type', 'text/plain')], error)  # <- exc-info-after-body
            return b'sorry\n'


app = Countdown

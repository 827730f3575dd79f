import sys


class Slow:
    def __init__(self, environ, start_response):
        self.start = start_response
        self.left = [self.work, self.nothing]
        self.start('200 OK', [('Content-Type', 'text/plain')])

    def __iter__(self):
        return self

    def __next__(self):
        if not self.left:
            raise StopIteration
        return self.left.pop()()

    def nothing(self):
        return b''

    def work(self):
        try:
            return b'%d\n' % int('many')
        except ValueError:
            html = [('Content-Type', 'text/html; charset=utf-8')]
            self.start('500 Oops', html, sys.exc_info())  # <- empty-chunk-then-error
            return b'<!DOCTYPE html><title>Sorry</title>'


app = Slow

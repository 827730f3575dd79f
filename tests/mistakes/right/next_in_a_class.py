# In __next__ the StopIteration of next() is what ends the body.
class Odd:
    def __init__(self, numbers):
        self.numbers = iter(numbers)

    def __iter__(self):
        return self

    def __next__(self):
        number = next(self.numbers)
        next(self.numbers, None)
        return b'%d\n' % number


def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return Odd(range(1, 8))

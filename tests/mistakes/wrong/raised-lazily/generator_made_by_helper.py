class Report:
    def __init__(self, numbers):
        self.numbers = numbers

    def lines(self):
        total = sum(self.numbers)  # <- raised-lazily
        for number in self.numbers:
            yield b'%d of %d\n' % (number, total)


def app(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return Report([3, '4', 5]).lines()

class Countdown:
    def __init__(self, start):
        self.left = start

    def __iter__(self):
        return self

    def next(self):  # <- python-2-code
        if not self.left:
            raise StopIteration
        self.left -= 1
        return b'%d\n' % (self.left + 1)


def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return Countdown(3)

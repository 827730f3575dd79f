LOCKED = []


class Report:
    def __iter__(self):
        LOCKED.append(self)
        yield b'total: 3\n'

    def close(self):
        LOCKED.remove(self)


def report(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return Report()


class Numbered:
    def __init__(self, inner):
        self.inner = inner

    def __call__(self, environ, start_response):
        blocks = self.inner(environ, start_response)
        number = 0
        for block in blocks:  # <- close-swallowed
            number += 1
            yield b'%d. %s' % (number, block)


app = Numbered(report)

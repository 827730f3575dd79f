# The standard allows it: start_response must be called before the first block, not before app() returns.

class Lazy:
    def __init__(self, environ, start_response):
        self.start_response = start_response
        self.blocks = None

    def __iter__(self):
        return self

    def __next__(self):
        if self.blocks is None:
            self.start_response('200 OK', [('Content-Type', 'text/plain')])
            self.blocks = iter([b'late, ', b'but not too late\n'])
        return next(self.blocks)


application = Lazy

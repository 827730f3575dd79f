OPEN = {}


def release(name):
    del OPEN[name]  # <- close-raised


class Report:
    def __init__(self, environ, start_response):
        self.blocks = [b'nothing\n', b'to report\n']
        start_response('200 OK', [('Content-Type', 'text/plain')])

    def __iter__(self):
        return self

    def __next__(self):
        if not self.blocks:
            raise StopIteration
        return self.blocks.pop(0)

    def close(self):
        release('report')


app = Report

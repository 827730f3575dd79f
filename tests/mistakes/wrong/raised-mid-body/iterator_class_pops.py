class Rows:
    def __init__(self, rows):
        self.rows = list(rows)

    def __iter__(self):
        return self

    def __next__(self):
        return self.rows.pop(0)  # <- raised-mid-body


def app(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return Rows([b'one\n', b'two\n'])

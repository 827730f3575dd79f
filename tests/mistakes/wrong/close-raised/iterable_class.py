class Rows:
    def __iter__(self):
        yield b'one\n'
        yield b'two\n'

    def close(self):
        self.connection.close()  # <- close-raised


def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return Rows()

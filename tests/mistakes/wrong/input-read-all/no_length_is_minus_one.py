# A GET says no length, and -1 reads until the client ends the connection.
# send: GET /letters

class Letters:
    def __init__(self, environ, start_response):
        said = environ.get('CONTENT_LENGTH') or '-1'
        self.letter = environ['wsgi.input'].read(int(said))  # <- input-read-all
        start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])

    def __iter__(self):
        yield b'a letter of %d bytes\n' % len(self.letter)


application = Letters

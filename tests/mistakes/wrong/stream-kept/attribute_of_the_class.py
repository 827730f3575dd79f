# send: GET /
# send: GET /
# send: GET /

class Diary:
    stream = None
    visits = 0

    def __init__(self, environ, start_response):
        if Diary.stream is None:
            Diary.stream = environ.get('wsgi.errors')  # <- stream-kept
        self.start = start_response

    def __iter__(self):
        Diary.visits += 1
        print('visit', self.visits, file=self.stream)
        self.start('200 OK', [('Content-Type', 'text/plain')])
        yield b'Noted.\n'


app = Diary

class Answer:
    def __init__(self, environ, start_response):
        start_response('200 OK', [
            ('Content-Type', 'text/plain; charset=utf-8'),
        ])
        self.path = environ['PATH_INFO']

    def __iter__(self):
        return iter([f'You asked for {self.path}\n'.encode('utf-8')])


application = Answer

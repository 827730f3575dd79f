# send: POST /
# body: name=Ada

class Greeting:
    def __init__(self, environ, start_response):
        self.environ = environ
        self.start = start_response

    def name(self, form):
        return form.partition('=')[2]  # <- body-bytes-split

    def __iter__(self):
        size = int(self.environ.get('CONTENT_LENGTH') or 0)
        name = self.name(self.environ['wsgi.input'].read(size))
        self.start('200 OK', [('Content-Type', 'application/octet-stream')])
        yield b'hello, ' + name


app = Greeting

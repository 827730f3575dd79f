from sys import exit as stop


class Pages:
    def __init__(self, environ, start_response):
        self.start_response = start_response

    def __iter__(self):
        self.start_response('200 OK', [('Content-Type', 'text/plain')])
        yield b'the only page\n'
        stop(0)  # <- sys-exit


application = Pages

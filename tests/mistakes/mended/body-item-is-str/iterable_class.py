class Application:
    """An instance for each request, as in PEP 3333."""

    def __init__(self, environ, start_response):
        self.environ = environ
        self.start = start_response

    def __iter__(self):
        self.start("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
        yield b"You asked by " + self.environ["REQUEST_METHOD"].encode("latin-1")


application = Application

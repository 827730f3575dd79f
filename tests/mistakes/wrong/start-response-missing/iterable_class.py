class Application:
    def __init__(self, environ, start_response):
        self.environ = environ
        self.start_response = start_response
        self.headers = [("Content-Type", "text/plain; charset=utf-8")]

    def __iter__(self):
        yield b"You came from "  # <- start-response-missing
        yield self.environ["REMOTE_ADDR"].encode("latin-1")


application = Application

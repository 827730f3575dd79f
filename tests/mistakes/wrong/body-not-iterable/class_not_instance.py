class Lines:
    def __iter__(self):
        yield b"first\n"
        yield b"second\n"


def lines(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return Lines  # <- body-not-iterable


def application(environ, start_response):
    """Passes everything on, with a note for the log."""
    environ["wsgi.errors"].write("asked\n")
    return lines(environ, start_response)

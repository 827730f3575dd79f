class Writer:
    def __call__(self, environ, start_response):
        write = start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
        write(b"Hello, ")
        write(b"World!")  # <- body-is-none


app = Writer()

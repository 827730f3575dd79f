# send: GET /
# send: GET /
class Response:
    kind = "text/plain"

    def __iter__(self):
        return self

    def __call__(self, environ, start_response):
        kind = self.kind + "; charset=utf-8"
        start_response("200 OK", [("Content-Type", kind), ("Cache-Control", "no-store")])
        return self  # <- app-shared-instance


class Poem(Response):
    def __init__(self, *lines):
        self.lines = list(lines)

    def __next__(self):
        if not self.lines:
            raise StopIteration
        return self.lines.pop(0).encode("utf-8") + b"\n"


app = Poem("Roses are red", "Violets are blue")

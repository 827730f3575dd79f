# send: GET /
# send: GET /
class Poem:
    def __init__(self, *lines):
        self.blocks = (line.encode("utf-8") + b"\n" for line in lines)

    def __call__(self, environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
        return self.blocks  # <- body-shared-iterator


application = Poem("Roses are red", "Violets are blue")

class Body:
    def __init__(self, write, *blocks):
        self.write, self.blocks = write, blocks

    def __iter__(self):
        return iter(self.blocks)

    def close(self):
        self.write(b"-- the end --\n")  # <- write-after-end


def application(environ, start_response):
    write = start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return Body(write, b"one\n", b"two\n")

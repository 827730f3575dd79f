class Page:
    def __init__(self, *blocks):
        self.blocks = blocks

    def __iter__(self):
        return iter(self.blocks)

    def __len__(self):  # <- body-len-lies
        return sum(len(block) for block in self.blocks)


def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return Page(b"Hello, ", b"World!")

class Lines:
    """A text without its comments."""

    def __init__(self, text):
        self.lines = text.splitlines(keepends=True)

    def __len__(self):  # <- body-len-lies
        return len(self.lines)

    def __iter__(self):
        return (line.encode("utf-8") for line in self.lines if not line.startswith("#"))


def page(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return Lines("# a comment\nfirst\nsecond\n")


app = page

class Page:
    def __init__(self, *lines):
        self.lines = [line.encode("utf-8") for line in lines]

    def __call__(self, environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
        return [self.lines]  # <- body-item-not-bytes


app = Page("one\n", "two\n")

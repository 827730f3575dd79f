class Connection:
    def __init__(self):
        self.close = "close"  # <- close-not-callable
        self.rows = [b"1,2\n", b"3,4\n"]

    def __iter__(self):
        return self

    def __next__(self):
        if not self.rows:
            raise StopIteration
        return self.rows.pop(0)


class Table:
    def __call__(self, environ, start_response):
        start_response("200 OK", [("Content-Type", "text/csv; charset=utf-8")])
        return Connection()


application = Table()

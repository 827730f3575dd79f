class Table:
    def __init__(self, rows):
        self.rows = rows

    def __call__(self, environ, start_response):
        started = False
        for row in self.rows:
            block = ";".join(row).encode("utf-8") + b"\n"
            yield block  # <- start-response-late
            if not started:
                start_response("200 OK", [("Content-Type", "text/csv; charset=utf-8")])
                started = True


app = Table([["a", "b"], ["1", "2"]])

class Report:
    def __init__(self, environ, start_response):
        self.start_response = start_response

    def __iter__(self):
        total = 0
        for number in range(3):
            total += number
            yield b"%d\n" % number  # <- start-response-late
        self.start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
        yield b"sum: %d\n" % total


app = Report

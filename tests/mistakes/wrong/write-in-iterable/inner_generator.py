class Table:
    def __init__(self, rows):
        self.rows = rows

    def __call__(self, environ, start_response):
        write = start_response("200 OK", [("Content-Type", "text/csv; charset=utf-8")])
        write(b"number,square\n")

        def body():
            for number in range(self.rows):
                row = b"%d,%d\n" % (number, number * number)
                write(row)  # <- write-in-iterable
                yield b""

        return body()


app = Table(3)

import io


def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/csv; charset=utf-8")])
    with io.BytesIO() as table:
        for number in range(3):
            table.write(b"%d,%d\n" % (number, number * number))
        table.seek(0)
        return table  # <- body-closed-file

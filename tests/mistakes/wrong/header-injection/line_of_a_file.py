def first_line(path):
    with open(path, encoding="utf-8") as file:
        return file.readline()


def app(environ, start_response):
    kind = ("Content-Type", "text/plain; charset=utf-8")
    start_response("200 OK", [kind, ("X-Version", first_line(__file__))])  # <- header-injection
    return [b"Hello"]

LINES = ["один\n", "два\n", "три\n"]


def count(environ, start_response):
    total = sum(len(line) for line in LINES)  # <- content-length-characters
    start_response("200 OK", [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Length", str(total)),
    ])
    for line in LINES:
        yield line.encode("utf-8")


app = count

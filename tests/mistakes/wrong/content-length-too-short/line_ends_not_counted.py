LINES = ["one", "two", "three"]


def reply(start_response, lines):
    start_response(
        "200 OK",
        [
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Length", str(sum(len(line) for line in lines))),  # <- content-length-too-short
        ],
    )
    return ["\r\n".join(lines).encode("utf-8")]


def application(environ, start_response):
    return reply(start_response, LINES)

"""Tells what reached the app of a request: the line, the headers and the body."""


def application(environ, start_response):
    if environ.get("HTTP_X_ASK") == "large":
        return large(environ, start_response)
    seen = {
        "method": environ["REQUEST_METHOD"],
        "path": environ.get("PATH_INFO", ""),
        "query": environ.get("QUERY_STRING", ""),
        "protocol": environ["SERVER_PROTOCOL"],
        "headers": {key: value for key, value in environ.items() if key.startswith("HTTP_")},
        "type": environ.get("CONTENT_TYPE", ""),
        "length": environ.get("CONTENT_LENGTH", ""),
        "body": b"",
    }
    chunked = environ.get("HTTP_TRANSFER_ENCODING") or environ.get("wsgi.input_terminated")
    if chunked:
        seen["body"] = environ["wsgi.input"].read()
    elif seen["length"]:
        seen["body"] = environ["wsgi.input"].read(int(seen["length"]))
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [ascii(seen).encode("ascii")]


def large(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    for _ in range(8):
        yield bytes(1 << 20)

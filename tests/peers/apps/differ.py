"""The apps of the differential test. Each is an application of its own."""


def hello(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"Hello"]


def echo(environ, start_response):
    """Everything in environ, and the body where its end is known."""
    length = environ.get("CONTENT_LENGTH")
    if length:
        body = environ["wsgi.input"].read(int(length))
    elif environ.get("wsgi.input_terminated"):
        body = environ["wsgi.input"].read()
    else:
        body = b""
    plain = (str, bool, int, tuple)
    seen = {
        key: value if isinstance(value, plain) else "(an object)" for key, value in environ.items()
    }
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [ascii({**seen, "the body": body}).encode("ascii")]


def generator(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    yield b"Hel"
    yield b""
    yield b"lo"


def writer(environ, start_response):
    write = start_response("200 OK", [("Content-Type", "text/plain")])
    write(b"Hel")
    return [b"lo"]


def sized(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "5")])
    return iter([b"Hello"])


def empty(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return []


def fails_before(environ, start_response):
    raise ValueError("before")


def fails_during(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    yield b"Hello"
    raise ValueError("during")


def no_content(environ, start_response):
    start_response("204 No Content", [("X-A", "1")])
    return []


def headers(environ, start_response):
    start_response(
        "299 My Own",
        [("Set-Cookie", "a=1"), ("x-lower", "\xe9"), ("Set-Cookie", "b=2"), ("Server", "mine")],
    )
    return [b"Hello"]

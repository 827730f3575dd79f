def hello(environ):
    return "200 OK", [("Content-Type", "text/plain; charset=utf-8")]


def application(environ, start_response):
    start_response(hello(environ))  # <- start-response-arguments
    yield b"Hello"

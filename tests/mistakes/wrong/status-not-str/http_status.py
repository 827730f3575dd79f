from http import HTTPStatus


def send(start_response, status, text):
    start_response(
        status,
        [("Content-Type", "text/plain; charset=utf-8")],
    )
    return [text.encode("utf-8")]


def application(environ, start_response):
    return send(start_response, HTTPStatus.OK, "Hello")  # <- status-not-str

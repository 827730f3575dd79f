from pathlib import Path

SOURCE = Path(__file__)


def static(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/x-python; charset=utf-8")])
    return SOURCE.open()  # <- body-text-file


def app(environ, start_response):
    """Only GET gets through."""
    if environ["REQUEST_METHOD"] != "GET":
        start_response("405 Method Not Allowed", [("Content-Type", "text/plain"), ("Allow", "GET")])
        return [b"GET only"]
    return static(environ, start_response)

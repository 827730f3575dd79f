from http import HTTPStatus


def application(environ, start_response):
    status = HTTPStatus.OK
    line = str(status.value) + " " + status.phrase + "\n"
    start_response(line, [("Content-Type", "text/plain; charset=utf-8")])  # <- status-malformed
    return [b"Hello"]

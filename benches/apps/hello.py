"""The least that answers."""


def application(environ, start_response):
    name = environ["PATH_INFO"].strip("/") or "world"
    text = f"Hello, {name}!\n"
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(text)))])
    return [text.encode()]

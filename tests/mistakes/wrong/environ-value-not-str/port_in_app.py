def app(environ, start_response):
    environ["SERVER_PORT"] = int(environ["SERVER_PORT"])  # <- environ-value-not-str
    secure = environ["SERVER_PORT"] == 443
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return [b"secure" if secure else b"open to all"]

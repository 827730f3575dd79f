class Language:
    def __init__(self, app, language):
        self.app, self.language = app, language

    def __call__(self, environ, start_response):
        def start(status, headers, exc_info=None):
            headers = headers + [("Content-Language", self.language)]
            return start_response(status, headers, exc_info)

        return self.app(environ, start)


def weather(environ, start_response):
    text = "Überall 20 °C, später Böen."
    length = len(text)  # <- content-length-characters
    headers = [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Length", str(length)),
    ]
    start_response("200 OK", headers)
    return [text.encode("utf-8")]


application = Language(weather, "de")

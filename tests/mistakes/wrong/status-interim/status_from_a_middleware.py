class Upgraded:
    """Lets each page be the beginning of a WebSocket."""

    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        def start(status, headers, exc_info=None):
            return start_response("101 Switching Protocols", headers, exc_info)  # <- status-interim

        return self.app(environ, start)


def chat(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return [b"joined"]


app = Upgraded(chat)

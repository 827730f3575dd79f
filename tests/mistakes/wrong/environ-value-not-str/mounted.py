# send: GET /blog/today
class Mount:
    def __init__(self, **apps):
        self.apps = {b"/" + name.encode("ascii"): app for name, app in apps.items()}

    def __call__(self, environ, start_response):
        path = environ["PATH_INFO"].encode("latin-1")
        for place, app in self.apps.items():
            if path.startswith(place):
                environ["SCRIPT_NAME"] = place  # <- environ-value-not-str
                environ["PATH_INFO"] = path[len(place):].decode("latin-1")
                return app(environ, start_response)
        start_response("404 Not Found", [("Content-Type", "text/plain")])
        return [b"not found"]


def blog(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    yield b"blog: " + environ["PATH_INFO"].encode("latin-1")


application = Mount(blog=blog)

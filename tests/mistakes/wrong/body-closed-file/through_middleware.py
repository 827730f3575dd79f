from wsgiref.util import FileWrapper


class Static:
    """Serves its own source at /source, and asks the next app for everything else."""

    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        if environ["PATH_INFO"] == "/source":
            start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
            return open(__file__, "rb")
        return self.app(environ, start_response)


def home(environ, start_response):
    with open(__file__, "rb") as file:
        start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
        wrapper = environ.get("wsgi.file_wrapper", FileWrapper)
        return wrapper(file, 4096)  # <- body-closed-file


app = Static(home)

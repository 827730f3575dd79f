from wsgiref.util import FileWrapper


class Source:
    def __init__(self, path):
        self.path = path

    def __call__(self, environ, start_response):
        file = open(self.path, encoding="utf-8")  # <- body-text-file
        start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
        return environ.get("wsgi.file_wrapper", FileWrapper)(file, 1024)


app = Source(__file__)

from wsgiref.util import FileWrapper


class Source:
    def __init__(self, path):
        self.path = path

    def __call__(self, environ, start_response):
        file = open(self.path, "rb")
        start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
        body = environ.get("wsgi.file_wrapper", FileWrapper)(file)
        file.close()
        return body  # <- body-closed-file


app = Source(__file__)

# send: GET /docs%0aX-Evil:%201
class AddSlash:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        path = environ["PATH_INFO"]
        if path.endswith("/"):
            return self.app(environ, start_response)
        headers = [("Content-Type", "text/plain"), ("Location", path + "/")]  # <- header-injection
        start_response("301 Moved Permanently", headers)
        return [b"moved"]


def docs(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return [b"docs"]


application = AddSlash(docs)

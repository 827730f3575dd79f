# send: HEAD /
class View:
    def __call__(self, environ, start_response):
        if environ["REQUEST_METHOD"].upper() == "HEAD":
            return self.head(start_response)
        return self.get(start_response)

    def head(self, start_response):
        start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
        return [b"<head><title>Hello</title></head>"]  # <- body-on-head

    def get(self, start_response):
        start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
        return [b"<title>Hello</title><h1>Hello</h1>"]


application = View()

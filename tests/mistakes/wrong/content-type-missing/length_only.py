class App:
    def __init__(self, text):
        self.body = text.encode("utf-8")

    def __call__(self, environ, start_response):
        headers = [("Content-Length", str(len(self.body)))]
        start_response("200 OK", headers)  # <- content-type-missing
        return [self.body]


app = App("Hello")

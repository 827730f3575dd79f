class App:
    def __call__(self, environ, start_response):
        headers = [("Content-Type", "text/plain; charset=utf-8")]
        if environ["REQUEST_METHOD"] == "GET":
            headers.append(["Cache-Control", "max-age=60"])  # <- header-not-tuple
        start_response("200 OK", headers)
        return [b"Hello"]


app = App()

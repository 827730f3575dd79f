class App:
    def __call__(self, environ, start_response):
        body = b"Hello"
        headers = [("Content-Type", "text/plain; charset=utf-8")]
        start_response("200 OK", headers, None, body)  # <- start-response-arguments
        return [body]


app = App()

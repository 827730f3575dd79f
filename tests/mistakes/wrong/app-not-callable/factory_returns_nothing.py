def create_app(text):
    body = text.encode("utf-8")

    def application(environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
        return [body]


app = create_app("Hello")  # <- app-not-callable

class App:
    body = b"Hello"

    def __call__(environ, start_response):  # <- app-signature
        start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
        return [App.body]


application = App()

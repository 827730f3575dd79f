class App:
    def __init__(self, text):
        self.body = text.encode("utf-8")

    async def __call__(self, environ, start_response):  # <- async-app
        start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
        return [self.body]


app = App("Hello")

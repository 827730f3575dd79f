class Response:
    def __init__(self, text):
        self.text = text

    def __len__(self):  # <- body-len-lies
        return 1

    def __iter__(self):
        for word in self.text.split():
            yield word.encode("utf-8") + b" "


class App:
    def __call__(self, environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
        return Response("many words follow")


app = App()

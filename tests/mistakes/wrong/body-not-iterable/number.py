class Answer:
    def __init__(self, value):
        self.value = value

    def __call__(self, environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
        return self.value  # <- body-not-iterable


app = Answer(42)

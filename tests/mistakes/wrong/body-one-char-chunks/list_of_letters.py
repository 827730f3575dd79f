class Motto:
    def __init__(self, text):
        self.text = text

    def __call__(self, environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
        return [letter.encode("ascii") for letter in self.text]  # <- body-one-char-chunks


app = Motto("Explicit is better than implicit.")

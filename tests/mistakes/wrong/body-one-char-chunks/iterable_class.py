class Typewriter:
    def __init__(self, environ, start_response):
        self.start = start_response

    def __iter__(self):
        self.start("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
        text = b"one key after the other"
        for place in range(len(text)):
            yield text[place:place + 1]  # <- body-one-char-chunks


app = Typewriter

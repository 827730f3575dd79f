class Gate:
    def __init__(self, app, word):
        self.app, self.word = app, word

    def __call__(self, environ, start_response):
        if environ["QUERY_STRING"] != self.word:
            return [b"Say the word."]  # <- start-response-missing
        return self.app(environ, start_response)


def treasure(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return [b"gold"]


app = Gate(treasure, "sesame")

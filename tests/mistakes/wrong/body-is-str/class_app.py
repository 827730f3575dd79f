class Place:
    """The path, in a sentence."""

    def __init__(self, words):
        self.words = words

    def __call__(self, environ, start_response):
        start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
        text = "<p>%s %s</p>" % (self.words, environ["PATH_INFO"])
        return text  # <- body-is-str


app = Place("You are at")

import time


class Clock:
    """The time of day, in a sentence."""

    def __init__(self, words):
        self.words = words

    def __call__(self, environ, start_response):
        start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
        text = "<p>%s %s</p>" % (self.words, time.strftime("%H:%M"))
        return text  # <- body-is-str


app = Clock("It is now")

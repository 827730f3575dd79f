KIND = ("Content-Type", "text/plain; charset=utf-8")
CACHE = ("Cache-Control", "no-store")
LANGUAGE = ("Content-Language", "en")


def reply(start_response, text):
    start_response("200 OK", KIND, CACHE, LANGUAGE)  # <- start-response-arguments
    return [text.encode("utf-8")]


def app(environ, start_response):
    return reply(start_response, "Hello")

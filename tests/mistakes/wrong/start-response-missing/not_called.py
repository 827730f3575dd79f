def respond(start_response, text):
    start_response  # only named, and never called
    return [text.encode("utf-8")]  # <- start-response-missing


def application(environ, start_response):
    return respond(start_response, "Hello")

def reply(start_response, text):
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
    return map(str.encode, text)  # <- body-one-char-chunks


def application(environ, start_response):
    return reply(start_response, "<h1>Hello</h1><p>How are you?</p>")

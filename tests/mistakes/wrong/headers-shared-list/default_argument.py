def reply(start_response, text, headers=[("Content-Type", "text/plain; charset=utf-8")]):
    start_response("200 OK", headers)  # <- headers-shared-list
    return [text.encode("utf-8")]


def application(environ, start_response):
    return reply(start_response, "Hello")

# send: GET /
# send: GET /again
def reply(start_response, blocks=map(str.encode, ["a", "b", "c"])):
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return blocks  # <- body-shared-iterator


def application(environ, start_response):
    return reply(start_response)

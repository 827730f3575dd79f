# send: GET /
# send: GET /
def lines():
    for number in range(3):
        yield b"%d\n" % number


numbers = lines()


def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return numbers  # <- body-shared-iterator

# send: HEAD /report
def report(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    if "HEAD" == environ.get("REQUEST_METHOD"):
        yield b"(only the head was wanted)"  # <- body-on-head
    else:
        for number in range(3):
            yield b"%d\n" % number


application = report

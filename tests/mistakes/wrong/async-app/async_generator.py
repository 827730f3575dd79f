async def application(environ, start_response):  # <- async-app
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    for number in range(3):
        yield b"%d\n" % number

def lines(environ, start_response):
    headers = [("Content-Type", "text/plain; charset=utf-8")]
    headers += [("Transfer-Encoding", "chunked")]  # <- header-hop-by-hop
    start_response("200 OK", headers)
    for number in range(3):
        yield b"%d\n" % number


app = lines

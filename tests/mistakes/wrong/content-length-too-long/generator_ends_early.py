def numbers(environ, start_response):
    blocks = [b"%d\n" % number for number in range(10)]
    headers = {"Content-Type": "text/plain; charset=utf-8"}
    headers["Content-Length"] = str(sum(map(len, blocks)))
    start_response("200 OK", list(headers.items()))  # <- content-length-too-long
    for number, block in enumerate(blocks):
        if number > 6:
            break
        yield block


application = numbers

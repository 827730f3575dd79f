def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    for letter in "The quick brown fox jumps over the lazy dog":
        yield letter.encode("utf-8")  # <- body-one-char-chunks

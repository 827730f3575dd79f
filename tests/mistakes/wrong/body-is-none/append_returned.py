def app(environ, start_response):
    blocks = [b"<h1>Hello</h1>"]
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
    return blocks.append(b"<p>World</p>")  # <- body-is-none

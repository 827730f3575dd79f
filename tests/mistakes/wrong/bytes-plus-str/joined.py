def application(environ, start_response):
    parts = ["<ul>", "<li>one</li>", "</ul>"]
    body = b"\n".join(parts)  # <- bytes-plus-str
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
    return [body]

def application(environ, start_response):
    title = "Guest book"
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
    return [
        b"<!doctype html>",
        b"<h1>",
        title.encode("utf-8"),
        b"</h1>",
    ]

def framed(app):
    def wrapped(environ, start_response):
        def start(status, headers, exc_info=None):
            return start_response(status, headers + [("X-Frame-Options", "DENY")], exc_info)

        return app(environ, start)

    return wrapped


@framed
def application(environ, start_response):
    html = "<p>1 &lt; 2</p>"
    body = ("<!doctype html>" + html).encode("utf-8")
    start_response("200 OK", [
        ("Content-Type", "text/html; charset=utf-8"),
        ("Content-Length", f"{len(html)}"),  # <- content-length-too-short
    ])
    return [body]

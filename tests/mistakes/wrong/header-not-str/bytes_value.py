def redirect(start_response, place):
    target = place.encode("ascii")
    kind = ("Content-Type", "text/plain; charset=utf-8")
    start_response("303 See Other", [kind, ("Location", target)])  # <- header-not-str
    return [b"this way"]


def app(environ, start_response):
    return redirect(start_response, "/home")

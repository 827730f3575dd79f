def allowed(environ):
    return environ.get("HTTP_ORIGIN")


def application(environ, start_response):
    headers = [("Content-Type", "application/json")]
    headers.append(("Access-Control-Allow-Origin", allowed(environ)))  # <- header-not-str
    start_response("200 OK", headers)
    return [b"[]"]

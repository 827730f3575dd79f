def failure(start_response, status, reason):
    start_response(status, [("Content-Type", "application/json")])
    return dict(error=reason)  # <- body-is-dict


def app(environ, start_response):
    if environ["PATH_INFO"] != "/items":
        return failure(start_response, "404 Not Found", "no such page")
    start_response("200 OK", [("Content-Type", "application/json")])
    return [b"[]"]

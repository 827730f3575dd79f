def application(environ, start_response):
    start_response("404 Not Found", [("Content-Type", "text/plain; charset=utf-8")])
    if environ["PATH_INFO"] != "/home":
        return  # <- body-is-none
    return [b"home"]

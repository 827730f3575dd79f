def reply(start_response, reason="OK"):
    headers = [("Content-Type", "text/plain; charset=utf-8")]
    return start_response(reason, headers)  # <- status-malformed


def app(environ, start_response):
    write = reply(start_response)
    write(b"Hello")
    return []

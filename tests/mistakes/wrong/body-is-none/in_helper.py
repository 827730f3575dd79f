def answer(start_response, text):
    body = text.encode("utf-8")
    headers = [("Content-Type", "text/plain; charset=utf-8")]
    start_response("200 OK", headers)  # <- body-is-none


def application(environ, start_response):
    return answer(start_response, "Good morning")

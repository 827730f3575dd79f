def numbers(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return range(1, 4)  # <- body-item-not-bytes


def application(environ, start_response):
    return numbers(environ, start_response)

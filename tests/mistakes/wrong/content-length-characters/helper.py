def text_response(start_response, text, status="200 OK"):
    headers = {
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Length": "%d" % len(text),  # <- content-length-characters
    }
    start_response(status, list(headers.items()))
    return [text.encode("utf-8")]


def application(environ, start_response):
    return text_response(start_response, "10 € – or nearest offer\n")

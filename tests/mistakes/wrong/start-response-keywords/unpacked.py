def answer(text):
    return {
        "status": "200 OK",
        "headers": [("Content-Type", "text/plain; charset=utf-8")],
    }, [text.encode("utf-8")]


def app(environ, start_response):
    beginning, body = answer("Hello")
    start_response(**beginning)  # <- start-response-keywords
    return body

def page(title, text):
    head = "<title>" + title + "</title>"
    return head + text.encode("utf-8")  # <- bytes-plus-str


def app(environ, start_response):
    body = page("Hello", "<p>World</p>")
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
    return [body]

def home(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return [b"Home"]


app = {  # <- app-not-callable
    "/": home,
    "/home": home,
}

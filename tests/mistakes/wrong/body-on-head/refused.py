# send: HEAD /
class GetOnly:
    def __call__(self, environ, start_response):
        method = environ["REQUEST_METHOD"]
        kind = ("Content-Type", "text/plain; charset=utf-8")
        if method == "HEAD":
            start_response("405 Method Not Allowed", [kind, ("Allow", "GET")])
            return [b"no HEAD here"]  # <- body-on-head
        start_response("200 OK", [kind])
        return [b"Hello"]


app = GetOnly()

# send: GET /
# header: If-None-Match: "1"
class Cached:
    body, tag = b"Hello", '"1"'

    def __call__(self, environ, start_response):
        status = "200 OK"
        if environ.get("HTTP_IF_NONE_MATCH") == self.tag:
            status = "304 Not Modified"
        headers = [("Content-Type", "text/plain; charset=utf-8"), ("ETag", self.tag)]
        start_response(status, headers)
        return [self.body]  # <- body-on-no-body-status


app = Cached()

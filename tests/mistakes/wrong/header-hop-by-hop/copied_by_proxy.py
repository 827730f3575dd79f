class Upstream:
    status = "200 OK"
    headers = {"Content-Type": "text/html; charset=utf-8", "keep-alive": "timeout=5"}
    body = b"<h1>From behind</h1>"


class Proxy:
    def __init__(self, upstream):
        self.upstream = upstream

    def __call__(self, environ, start_response):
        answer = self.upstream()
        start_response(answer.status, list(answer.headers.items()))  # <- header-hop-by-hop
        return [answer.body]


application = Proxy(Upstream)

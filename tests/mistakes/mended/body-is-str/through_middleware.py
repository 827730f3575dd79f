class PoweredBy:
    def __init__(self, app, name):
        self.app, self.name = app, name

    def __call__(self, environ, start_response):
        def start(status, headers, exc_info=None):
            headers = headers + [("X-Powered-By", self.name)]
            return start_response(status, headers, exc_info)

        return self.app(environ, start)


def pages(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    lines = [f"{number} squared is {number * number}" for number in range(5)]
    return ["\n".join(lines).encode("utf-8")]


application = PoweredBy(pages, "patience")

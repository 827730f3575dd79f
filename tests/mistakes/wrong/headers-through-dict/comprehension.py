class LowerCase:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        def start(status, headers, exc_info=None):
            lowered = {name.lower(): value for name, value in headers}  # <- headers-through-dict
            lowered.setdefault("vary", "Accept")
            return start_response(status, [*lowered.items()], exc_info)

        return self.app(environ, start)


class Basket:
    def __call__(self, environ, start_response):
        kind = ("Content-Type", "text/plain; charset=utf-8")
        cookies = [("Set-Cookie", "apples=2"), ("Set-Cookie", "pears=1")]
        start_response("200 OK", [kind] + cookies)
        return [b"two apples, one pear"]


application = LowerCase(Basket())

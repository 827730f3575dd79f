class Priced:
    def __init__(self, app, price):
        self.app, self.price = app, price

    def __call__(self, environ, start_response):
        def start(status, headers, exc_info=None):
            headers = [*headers, ("X-Price", "%d €" % self.price)]  # <- header-not-latin1
            return start_response(status, headers, exc_info)

        return self.app(environ, start)


def tea(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return [b"tea"]


app = Priced(tea, 3)

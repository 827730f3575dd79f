class Guard:
    """An apology instead of a traceback."""

    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        headers = [("Content-Type", "text/plain; charset=utf-8")]
        try:
            return self.app(environ, start_response)
        except Exception as error:
            environ["wsgi.errors"].write(f"{error!r}\n")
            start_response("500 Sorry", headers)  # <- start-response-no-exc-info
            return [b"Sorry!"]


def shop(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    prices = {"tea": 3}
    return [b"%d" % prices["coffee"]]


app = Guard(shop)

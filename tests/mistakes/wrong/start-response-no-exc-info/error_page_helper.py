import sys


def error_page(start_response):
    kind = sys.exc_info()[0].__name__
    body = f"<h1>{kind}</h1>".encode("utf-8")
    headers = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body)))]
    start_response("500 Internal Server Error", headers)  # <- start-response-no-exc-info
    return [body]


class App:
    names = ["Ada", "Grace"]

    def __call__(self, environ, start_response):
        start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
        try:
            return [self.names[2].encode("utf-8")]
        except IndexError:
            return error_page(start_response)


application = App()

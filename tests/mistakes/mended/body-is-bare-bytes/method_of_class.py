class Site:
    def __call__(self, environ, start_response):
        if environ["PATH_INFO"] == "/":
            return self.page(start_response, "200 OK", "Welcome")
        return self.page(start_response, "404 Not Found", "Nothing here")

    def page(self, start_response, status, text):
        start_response(status, [("Content-Type", "text/html; charset=utf-8")])
        return [f"<h1>{text}</h1>".encode()]


application = Site()

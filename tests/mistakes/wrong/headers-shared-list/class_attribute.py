class View:
    headers = [("Content-Type", "text/html; charset=utf-8")]

    def __call__(self, environ, start_response):
        start_response("200 OK", self.headers)  # <- headers-shared-list
        yield b"<h1>Hello</h1>"


class Home(View):
    pass


app = Home()

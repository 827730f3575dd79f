class Menu:
    dishes = ["crème brûlée", "soufflé"]

    def __call__(self, environ, start_response):
        start_response("200 OK", [("Content-Type", "text/html")])  # <- content-type-no-charset
        yield b"<!doctype html><title>Menu</title><ul>"
        for dish in self.dishes:
            yield f"<li>{dish}</li>".encode("utf-8")
        yield b"</ul>"


app = Menu()

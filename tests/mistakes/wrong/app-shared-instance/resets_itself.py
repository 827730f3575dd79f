# send: GET /
class Squares:
    """Begins anew in __iter__, which is too little when two ask at once."""

    def __iter__(self):
        self.number = 0
        return self

    def __next__(self):
        self.number += 1
        if self.number > 5:
            raise StopIteration
        return b"%d\n" % self.number ** 2

    def __call__(self, environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
        return self  # <- app-shared-instance


application = Squares()

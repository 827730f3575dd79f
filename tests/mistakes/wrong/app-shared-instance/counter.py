# send: GET /
# send: GET /
class Countdown:
    def __init__(self, start):
        self.left = start

    def __iter__(self):
        return self

    def __next__(self):
        if self.left == 0:
            raise StopIteration
        self.left -= 1
        return b"%d\n" % (self.left + 1)

    def __call__(self, environ, start_response):
        headers = [("Content-Type", "text/plain; charset=utf-8")]
        if environ["REQUEST_METHOD"] != "GET":
            start_response("405 Method Not Allowed", headers + [("Allow", "GET")])
            return [b"GET only\n"]
        start_response("200 OK", headers)
        return self  # <- app-shared-instance


app = Countdown(3)

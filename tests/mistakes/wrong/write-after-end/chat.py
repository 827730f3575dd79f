# send: GET /join
# send: GET /say?hello
class Chat:
    def __init__(self):
        self.listeners = []

    def __call__(self, environ, start_response):
        write = start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
        if environ["PATH_INFO"] == "/join":
            self.listeners.append(write)
            return [b"welcome\n"]
        self.tell(environ["QUERY_STRING"])
        return [b"told everybody\n"]

    def tell(self, text):
        for listener in self.listeners:
            listener(text.encode("latin-1") + b"\n")  # <- write-after-end


app = Chat()

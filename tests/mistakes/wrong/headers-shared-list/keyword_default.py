class Api:
    def __call__(self, environ, start_response):
        write = self.begin(start_response, "200 OK")
        write(b"[1, 2, 3]")
        return []

    def begin(self, start_response, status, *, headers=[("Content-Type", "application/json")]):
        return start_response(status, headers)  # <- headers-shared-list


application = Api()

# send: POST /jobs
# body: name=index
# send: GET /jobs
class Jobs:
    def __init__(self):
        self.jobs = []

    def __call__(self, environ, start_response):
        kind = [("Content-Type", "text/plain; charset=utf-8")]
        if environ["REQUEST_METHOD"] == "POST":
            size = int(environ.get("CONTENT_LENGTH") or 0)
            self.jobs.append(environ["wsgi.input"].read(size))
            return self.accept(start_response)
        start_response("200 OK", kind)
        return [b"%d jobs\n" % len(self.jobs)]

    def accept(self, start_response):
        start_response("200 OK", [])
        return []


app = Jobs()

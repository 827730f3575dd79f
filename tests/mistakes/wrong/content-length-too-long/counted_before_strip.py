class Poem:
    text = """
        Roses are red,
        violets are blue.
    """

    def __call__(self, environ, start_response):
        body = self.text.encode("utf-8")
        size = str(len(body))
        headers = [("Content-Type", "text/plain; charset=utf-8")]
        start_response("200 OK", headers + [("Content-Length", size)])  # <- content-length-too-long
        return [body.strip()]


app = Poem()

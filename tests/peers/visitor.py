"""Sends requests to a server as a browser would: cookies, a form's token and an ETag go back."""

import wire


class Visitor:
    """Asks one server, on a new connection for each request or on one that is kept alive."""

    def __init__(self, server, keep_alive):
        self.server = server
        self.keep_alive = keep_alive
        self.cookies = {}
        self.remembered = {}
        self.connection = None

    def __enter__(self):
        return self

    def __exit__(self, *_exc_info):
        self.leave()

    def ask(self, request):
        try:
            answer = self.answer(request)
        except (wire.Broken, OSError) as error:
            self.leave()
            return wire.Answer(status_line=f"no response: {error!r}".encode())
        self.remember(answer)
        return answer

    def answer(self, request):
        if self.connection is None:
            self.connection = wire.Connection(self.server)
        head, body = request.written(self.remembered, self.keep_alive)
        interim = b""
        if request.waits:
            self.connection.send(head)
            interim = self.connection.until(b"\r\n\r\n")
            self.connection.send(body)
        else:
            self.connection.send(head + body)
        answer = self.connection.answer(request.method, to_the_end=not self.keep_alive)
        answer.interim = interim + answer.interim
        if not self.keep_alive or answer.value(b"connection") == b"close" or not answer.complete:
            self.leave()
        return answer

    def leave(self):
        if self.connection is not None:
            self.connection.socket.close()
            self.connection = None

    def remember(self, answer):
        for cookie in answer.values(b"set-cookie"):
            name, _, value = cookie.partition(b";")[0].partition(b"=")
            if name in (b"session", b"sessionid", b"csrftoken"):
                self.cookies[name] = value
        self.remembered[b"cookies"] = b"; ".join(b"%s=%s" % pair for pair in self.cookies.items())
        if answer.value(b"etag"):
            self.remembered[b"etag"] = answer.value(b"etag")
        _, found, after = answer.body.partition(b'name="csrfmiddlewaretoken" value="')
        if found:
            self.remembered[b"token"] = after.partition(b'"')[0]

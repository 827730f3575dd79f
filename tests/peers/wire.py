"""A client that sends the bytes it is told and keeps the bytes it gets.

Libraries would repair, follow, decode or hide what is to be compared here.
"""

import dataclasses
import socket

PATIENCE = 10.0
NO_BODY = (b"204", b"304")


class Broken(Exception):
    """What came is no HTTP response, or none came in time."""


@dataclasses.dataclass
class Answer:
    """A final response, and what came before and after it."""

    interim: bytes = b""
    status_line: bytes = b""
    headers: list = dataclasses.field(default_factory=list)
    body: bytes = b""
    # How its end was marked: "none", "length", "chunked" or "close".
    framing: str = ""
    complete: bool = True
    rest: bytes = b""

    @property
    def status(self):
        return self.status_line[9:12]

    def values(self, name):
        return [value for known, value in self.headers if known.lower() == name]

    def value(self, name):
        return b", ".join(self.values(name))


class Connection:
    """One connection to a server."""

    def __init__(self, server):
        self.socket = socket.create_connection((server.host, server.port), timeout=PATIENCE)
        self.got = b""

    def __enter__(self):
        return self

    def __exit__(self, *_exc_info):
        self.socket.close()

    def send(self, data):
        try:
            self.socket.sendall(data)
        except (BrokenPipeError, ConnectionResetError):
            # A server may answer and close before it has read everything; the answer tells.
            pass

    def answer(self, method, to_the_end):
        """Reads a response to `method`; to_the_end: the server is expected to close after it."""
        answer = Answer()
        while not answer.status_line:
            head = self.until(b"\r\n\r\n")
            if head[9:10] == b"1":
                answer.interim += head
                continue
            answer.status_line, *lines = head[:-4].split(b"\r\n")
            for line in lines:
                name, colon, value = line.partition(b":")
                if not colon:
                    raise Broken(f"a header without a colon: {line!r}")
                # White space around a value is no part of it (RFC 9112, section 5): gunicorn takes
                # it off, wsgi-tutor sends what the application gave, and Django's Set-Cookie
                # begins with a space.
                answer.headers.append((name, value.strip(b" \t")))
        self.read_body(answer, method)
        if to_the_end:
            while self.more():
                pass
            answer.rest, self.got = self.got, b""
        return answer

    def read_body(self, answer, method):
        length = answer.value(b"content-length")
        if method == b"HEAD" or answer.status in NO_BODY:
            answer.framing = "none"
        elif answer.value(b"transfer-encoding").lower() == b"chunked":
            answer.framing = "chunked"
            for block in self.chunks(answer):
                answer.body += block
        elif length:
            answer.framing = "length"
            while len(self.got) < int(length) and self.more():
                pass
            answer.body = self.take(int(length))
            answer.complete = len(answer.body) == int(length)
        else:
            answer.framing = "close"
            while self.more():
                pass
            answer.body = self.take(len(self.got))

    def chunks(self, answer):
        """The blocks of a chunked body, each as soon as it is there."""
        while True:
            try:
                size = int(self.until(b"\r\n"), 16)
                while len(self.got) < size + 2:
                    if not self.more():
                        raise Broken("the end of the connection within a chunk")
            except Broken:
                answer.complete = False
                return
            block = self.take(size)
            if self.take(2) != b"\r\n":
                raise Broken(f"no CRLF after a chunk, but {self.got[:20]!r}")
            if not size:
                return
            yield block

    def until(self, mark):
        """What came up to and with these bytes."""
        while mark not in self.got:
            if not self.more():
                raise Broken(f"the connection ended after {self.got!r}")
        return self.take(self.got.index(mark) + len(mark))

    def take(self, size):
        taken, self.got = self.got[:size], self.got[size:]
        return taken

    def more(self):
        try:
            data = self.socket.recv(65536)
        except socket.timeout:
            raise Broken(f"nothing more for {PATIENCE:g} s after {self.got[:200]!r}") from None
        except ConnectionResetError:
            return False
        self.got += data
        return bool(data)

"""An HTTP client that can send any bytes, and reads answers as strictly as RFC 9112 writes them."""

import contextlib
import dataclasses
import re
import socket
import time

# How long a server may be silent before a rule counts as not kept.
PATIENCE = 5

STATUS_LINE = re.compile(rb"HTTP/1\.[01] ([1-9][0-9]{2}) ([^\x00-\x08\x0a-\x1f\x7f]*)", re.DOTALL)
FIELD = re.compile(
    rb"([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[ \t]*((?:[^\x00-\x08\x0a-\x1f\x7f]*[^ \t\x00-\x1f\x7f])?)[ \t]*"
)


class Broken(Exception):
    """What came is no HTTP answer, or nothing came in time."""


@dataclasses.dataclass
class Answer:
    """One final answer."""

    version: bytes
    code: int
    reason: bytes
    headers: list
    # How the end of the body is marked: "none", "length", "chunked" or "close".
    framing: str
    body: bytes = b""
    # False when the connection ended before the marked end of the body.
    whole: bool = True
    # The codes of the interim answers before it.
    interim: list = dataclasses.field(default_factory=list)

    def all(self, name):
        return [value for known, value in self.headers if known.lower() == name.lower().encode()]

    def header(self, name):
        """The only value of a header, or None."""
        values = self.all(name)
        if len(values) > 1:
            raise Broken(f"the header {name} was there {len(values)} times")
        return values[0].decode("latin-1") if values else None

    def says_close(self):
        options = b",".join(self.all("Connection")).lower().split(b",")
        return b"close" in [option.strip() for option in options]

    def text(self):
        return self.body.decode("latin-1")

    def __str__(self):
        cut = "" if self.whole else ", cut short"
        reason = self.reason.decode("latin-1")
        return f"{self.code} {reason} with {self.body[:80]!r} ({self.framing}{cut})"


class Connection:
    """One connection to a server."""

    def __init__(self, server):
        self.buffer = b""
        # The server has ended the connection; `reset` when it did so by force.
        self.over = False
        self.reset = False
        try:
            self._socket = socket.create_connection((server.host, server.port), PATIENCE)
        except OSError as error:
            raise Broken(f"no connection: {error}") from None
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._socket.close()

    def port(self):
        """Our own."""
        return self._socket.getsockname()[1]

    def send(self, data):
        try:
            self._socket.sendall(data)
        except (BrokenPipeError, ConnectionResetError):
            # It may have answered before it had read everything.
            pass
        except socket.timeout:
            raise Broken("the server does not take the whole request") from None

    def end_sending(self):
        """Sends the end of the stream; the server can still answer."""
        # It may have ended the connection before.
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_WR)

    def receive(self, patience=PATIENCE):
        """Waits for more bytes, or the end; False when neither comes in time."""
        if self.over:
            return True
        self._socket.settimeout(patience)
        try:
            data = self._socket.recv(65536)
        except socket.timeout:
            return False
        except ConnectionResetError:
            data, self.reset = b"", True
        self.over = not data
        self.buffer += data
        return True

    def until(self, mark):
        """Takes everything up to the mark, and the mark."""
        while mark not in self.buffer:
            self._more(f"before {mark!r}")
        end = self.buffer.index(mark) + len(mark)
        data, self.buffer = self.buffer[:end], self.buffer[end:]
        return data

    def rest(self):
        """Everything up to the end of the connection."""
        while not self.over:
            if not self.receive():
                raise Broken(f"the connection stays open after {self.buffer[-200:]!r}")
        data, self.buffer = self.buffer, b""
        return data

    def ends(self, patience=PATIENCE):
        """Whether the server ends the connection and sends nothing more before."""
        deadline = time.monotonic() + patience
        while not self.over and not self.buffer:
            if not self.receive(max(0.001, deadline - time.monotonic())):
                return False
        return self.over and not self.buffer

    def is_silent(self, seconds):
        """Whether nothing comes for so long, not even the end."""
        return not self.buffer and not self.receive(seconds)

    def answer(self, method="GET"):
        """Reads one final answer, with the interim ones before it."""
        interim = []
        while True:
            answer = self._head(method)
            if answer.code >= 200 or answer.code == 101:
                break
            interim.append(answer.code)
        answer.interim = interim
        if answer.framing == "length":
            self._sized(answer)
        elif answer.framing == "chunked":
            answer.whole = self._chunks(answer)
        elif answer.framing == "close":
            answer.body = self.rest()
            answer.whole = not self.reset
        return answer

    def _more(self, where):
        if self.over:
            how = "reset" if self.reset else "ended"
            raise Broken(f"the connection was {how} {where}, after {self.buffer[-200:]!r}")
        if not self.receive():
            raise Broken(
                f"nothing came for {PATIENCE} seconds {where}, after {self.buffer[-200:]!r}"
            )

    def _head(self, method):
        head = self.until(b"\r\n\r\n")
        first, *lines = head[:-4].split(b"\r\n")
        status = STATUS_LINE.fullmatch(first)
        if not status:
            raise Broken(f"{first!r} is no status line")
        headers = []
        for line in lines:
            field = FIELD.fullmatch(line)
            if not field:
                raise Broken(f"{line!r} is no header")
            headers.append((field[1], field[2]))
        code = int(status[1])
        answer = Answer(first[:8], code, status[2], headers, "none")
        if method != "HEAD" and code >= 200 and code not in (204, 304):
            answer.framing = _framing(answer)
        return answer

    def _sized(self, answer):
        length = int(answer.header("Content-Length"))
        while len(self.buffer) < length and not self.over:
            if not self.receive():
                # Not the end, and not the rest either: a client could wait for ever.
                raise Broken(f"{len(self.buffer)} of {length} bytes came, and then nothing")
        answer.whole = len(self.buffer) >= length
        answer.body, self.buffer = self.buffer[:length], self.buffer[length:]

    def _chunks(self, answer):
        while True:
            line = self._line()
            if line is None:
                return False
            if not re.fullmatch(rb"[0-9A-Fa-f]+", line):
                raise Broken(f"{line!r} is no chunk size")
            size = int(line, 16)
            if size == 0:
                return self._line() == b""
            while len(self.buffer) < size + 2 and not self.over:
                if not self.receive():
                    raise Broken(f"a chunk of {size} bytes stopped after {len(self.buffer)}")
            answer.body += self.buffer[:size]
            end, self.buffer = self.buffer[size : size + 2], self.buffer[size + 2 :]
            if len(end) < 2 and self.over:
                return False
            if end != b"\r\n":
                raise Broken(f"a chunk was followed by {end!r}")

    def _line(self):
        """One line of the chunked coding, or None when the connection ends before its end."""
        while b"\r\n" not in self.buffer:
            if self.over:
                return None
            if not self.receive():
                raise Broken("the chunks stopped, and the connection stays open")
        line, _, self.buffer = self.buffer.partition(b"\r\n")
        return line


def _framing(answer):
    codings = answer.all("Transfer-Encoding")
    length = answer.header("Content-Length")
    if codings:
        if [coding.lower() for coding in codings] != [b"chunked"] or length is not None:
            raise Broken(f"the framing is {codings} with Content-Length {length}")
        return "chunked"
    if length is None:
        return "close"
    if not re.fullmatch("[0-9]+", length):
        raise Broken(f"Content-Length was {length!r}")
    return "length"


def ask(server, request, method="GET"):
    """Sends a request on a connection of its own and reads the answer."""
    with Connection(server) as connection:
        connection.send(request)
        return connection.answer(method)


def request(line, *headers, body=b"", close=True):
    """The bytes of a request: `request("GET /", "X-A: 1")`."""
    head = [f"{line} HTTP/1.1", "Host: test", *headers]
    if close:
        head.append("Connection: close")
    return "\r\n".join([*head, "", ""]).encode("latin-1") + body

"""A client as small as it can be in Python, and the same for every server."""

import socket
import time

HOST = "127.0.0.1"
PATIENCE = 30.0


def get(path: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: bench\r\n".encode()


def post(path: str, body: bytes) -> tuple[bytes, bytes]:
    """The head of a form, still open, and its body."""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: bench\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
    )
    return head.encode(), body


def closed(head: bytes, body: bytes = b"") -> bytes:
    """A request after which the connection ends."""
    return head + b"Connection: close\r\n\r\n" + body


def kept(head: bytes, body: bytes = b"") -> bytes:
    """A request after which the connection is used again."""
    return head + b"\r\n" + body


HELLO = closed(get("/ada"))


class Wrong(Exception):
    """An answer that is not the expected one."""


def connect(port: int) -> socket.socket:
    # Not socket.create_connection, which looks the name up each time.
    connection = socket.socket()
    connection.settimeout(PATIENCE)
    connection.connect((HOST, port))
    return connection


def once(port: int, request: bytes) -> bytes:
    """One request on a connection of its own, and all that comes back until it is closed."""
    with connect(port) as connection:
        connection.sendall(request)
        # In one piece at the end: large ones would be copied with each block.
        blocks = []
        while got := connection.recv(65536):
            blocks.append(got)
    return b"".join(blocks)


class Fresh:
    """Asks on a new connection each time.

    The time is that to the last byte of the answer. The end of the connection is waited for as well,
    because a server that serves one client at a time serves the next one only then; that counts in
    requests per second.
    """

    def __init__(self, port: int, request: bytes, expected: bytes) -> None:
        self._port, self._request, self._expected = port, request, expected
        # Every answer is as long as the first one.
        self._size = len(once(port, request))

    def ask(self) -> float:
        """How long one request took, in seconds."""
        begun = time.perf_counter()
        with connect(self._port) as connection:
            connection.sendall(self._request)
            answer = connection.recv(65536)
            while len(answer) < self._size and (got := connection.recv(65536)):
                answer += got
            took = time.perf_counter() - begun
            while got := connection.recv(65536):
                answer += got
        _check(answer, self._expected)
        return took


class Kept:
    """Asks again and again on one connection."""

    def __init__(self, port: int, request: bytes, expected: bytes) -> None:
        self._request, self._expected = request, expected
        self._connection = connect(port)
        self._connection.sendall(request)
        answer = b""
        while not answer.endswith(expected):
            got = self._connection.recv(65536)
            if not got:
                raise Wrong(f"the connection was not kept: {answer[:200]!r}")
            answer += got
        # Every answer is as long as the first one.
        self._size = len(answer)

    def ask(self) -> float:
        """How long one request took, in seconds."""
        begun = time.perf_counter()
        self._connection.sendall(self._request)
        answer = self._connection.recv(65536)
        while len(answer) < self._size and (got := self._connection.recv(65536)):
            answer += got
        took = time.perf_counter() - begun
        _check(answer, self._expected)
        return took


def _check(answer: bytes, expected: bytes) -> None:
    if answer[9:12] != b"200" or not answer.endswith(expected):
        raise Wrong(f"not the expected answer: {answer[:300]!r}")

"""What is too long, too much or too slow, and what is just short enough."""

import contextlib
import resource
import socket
import struct
import time

from client import Connection, ask, request
from rules import ODD, Subject, expect, refused, same, served, still_serves

subject = Subject(__name__, "Limits", "odd", ODD)
rule = subject.rule
decision = subject.decision

HALF_HEAD = b"GET / HTTP/1.1\r\nHost: test\r\n"
HALF_BODY = b"POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 9\r\n\r\nhalf"


@rule("A request line of 8000 bytes is served.", "RFC 9112, 3")
def lines_of_8000_bytes(server):
    path = "/" + "x" * (8000 - len("GET / HTTP/1.1"))
    same(served(server, request(f"GET {path}"))["path"], path, "the path")


@rule("A target longer than the server likes is refused with 414.", "RFC 9112, 3")
def long_targets(server):
    answer = ask(server, request("GET /" + "x" * (1 << 20)))
    expect(answer.code in (200, 414), answer)
    still_serves(server)


@rule(
    "Headers larger than the server likes are refused with a status of 400 to 499.", "RFC 9110, 5.4"
)
def large_headers(server):
    for header in (["X: " + "x" * (1 << 20)], ["X: 1"] * 20000):
        answer = ask(server, request("GET /", *header))
        expect(answer.code == 200 or 400 <= answer.code < 500, answer)
        still_serves(server)


@decision("A request line over 8 KiB gets 414, as soon as so much has come.")
def request_line(server):
    refused(server, request("GET /" + "x" * 8192), b"GET /" + b"x" * 8192, codes=(414,))


@decision("A head over 64 KiB gets 431, as soon as so much has come.")
def head(server):
    refused(server, request("GET /", "X: " + "x" * 65536), codes=(431,))
    refused(server, b"GET / HTTP/1.1\r\nHost: test\r\nX: " + b"x" * 65536, codes=(431,))


@decision("More than 100 headers get 431.")
def headers(server):
    refused(server, request("GET /", *["X: 1"] * 99), codes=(431,))


@decision("Just within these limits a request is served.")
def just_within(server):
    for sent in (
        request("GET /" + "x" * (8192 - len("GET / HTTP/1.1"))),
        request("GET /", "X: " + "x" * (65536 - 100)),
        request("GET /", *["X: 1"] * 98),
    ):
        same(served(server, sent)["method"], "GET", "the method")


@contextlib.contextmanager
def stuck(server, count, data):
    """Clients that have sent this and do nothing more."""
    with contextlib.ExitStack() as stack:
        deadline = time.monotonic() + 20
        for number in range(count):
            expect(time.monotonic() < deadline, f"it accepts only {number} connections in time")
            connection = stack.enter_context(Connection(server))
            connection.send(data)
        yield


def answered_in_time(server, count, data):
    with stuck(server, count, data):
        start = time.monotonic()
        still_serves(server)
        took = time.monotonic() - start
        expect(took < 2, f"the next client waited for {took:.0f} seconds")


@decision("With 1,000 idle connections another client is answered within 2 seconds.")
def idle_clients(server):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    # Ours count, too.
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, 4096)), hard))
    answered_in_time(server, 1000, b"")


@decision("With 20 clients in the middle of their head, too.")
def clients_with_half_a_head(server):
    answered_in_time(server, 20, HALF_HEAD)


@decision("With 8 clients in the middle of their body, too.")
def clients_with_half_a_body(server):
    answered_in_time(server, 8, HALF_BODY)


@decision("With 8 clients that do not read their answer, too.")
def clients_that_do_not_read(server):
    answered_in_time(server, 8, request("GET /", "X-Ask: large"))


@decision("300 clients that send a request and reset the connection do no harm.")
def clients_that_reset(server):
    for _ in range(300):
        sock = socket.create_connection((server.host, server.port), 5)
        sock.sendall(request("GET /"))
        # Closing sends a reset in place of an end.
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        sock.close()
    still_serves(server)


DEADLINES = "tests/outside/deadlines.rs"
subject.tested_by(
    "half_a_request_is_given_up",
    "A head that is not whole after 10 seconds gets 408, and so does a body after 30.",
    "half_a_request_is_given_up_after_its_time",
    DEADLINES,
)
subject.tested_by(
    "trickling_bytes_win_no_time",
    "Bytes that trickle in win no time.",
    "bytes_that_trickle_in_win_no_time",
    DEADLINES,
)
subject.tested_by(
    "clients_that_take_nothing",
    "A client that takes nothing of its answer for 30 seconds is given up, and the iterable closed.",
    "a_client_that_takes_nothing_is_given_up",
    DEADLINES,
)
subject.tested_by(
    "idle_connections_are_closed",
    "A connection without a request is closed after 75 seconds, without a byte.",
    "an_idle_connection_is_closed_without_a_byte",
    DEADLINES,
)
subject.tested_by(
    "file_descriptors",
    "Out of file descriptors, it accepts again as soon as there are some.",
    "without_file_descriptors_it_recovers",
    "tests/outside/crowd.rs",
)

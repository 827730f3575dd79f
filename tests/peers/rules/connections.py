"""Several requests on a connection, and its end: RFC 9112, section 9."""

from client import Connection, ask, request
from rules import Subject, expect, same, value

subject = Subject(__name__, "Connections", "odd")
rule = subject.rule
decision = subject.decision


def path(answer):
    return value(answer)["path"]


@rule("The connection ends after the answer when the client said so.", "RFC 9112, 9.6")
def end_when_the_client_says_so(server):
    with Connection(server) as connection:
        connection.send(request("GET /"))
        answer = connection.answer()
        expect(answer.code == 200 and answer.whole, answer)
        expect(connection.ends(), "the connection stays open")


@rule(
    "An answer in HTTP/1.1 after which the server ends the connection says Connection: close.",
    "RFC 9112, 9.6",
)
def end_as_announced(server):
    with Connection(server) as connection:
        connection.send(request("GET /", close=False))
        answer = connection.answer()
        expect(answer.code == 200 and answer.whole, answer)
        # A server of HTTP/1.0 need not announce what is the rule there.
        if not answer.says_close() and answer.version == b"HTTP/1.1":
            connection.send(request("GET /second"))
            same(path(connection.answer()), "/second", "the second path")


@rule("The connection of a client of HTTP/1.0 ends after the answer.", "RFC 9112, 9.3")
def end_after_http_1_0(server):
    with Connection(server) as connection:
        connection.send(b"GET / HTTP/1.0\r\n\r\n")
        answer = connection.answer()
        expect(answer.code == 200 and answer.whole, answer)
        expect(connection.ends(), "the connection stays open")


@rule(
    "Requests sent at once are answered in order, or the connection ends after one of them.",
    "RFC 9112, 9.3.2",
)
def answer_in_order(server):
    requests = [
        request("GET /1", close=False),
        request("POST /2", "Content-Length: 3", body=b"GET", close=False),
        request(
            "POST /3", "Transfer-Encoding: chunked", body=b"3\r\nGET\r\n0\r\n\r\n", close=False
        ),
        request("GET /4"),
    ]
    with Connection(server) as connection:
        connection.send(b"".join(requests))
        for number in range(1, 5):
            answer = connection.answer()
            same(path(answer), f"/{number}", "the path")
            if answer.says_close() or answer.version == b"HTTP/1.0":
                break
        expect(connection.ends(), "more came, or the connection stays open")


@rule("A GET with a body is served, and its body is not the next request.", "RFC 9112, 9.3")
def take_a_body_with_get(server):
    inner = request("GET /smuggled", close=False)
    with Connection(server) as connection:
        first = request("GET /1", f"Content-Length: {len(inner)}", body=inner, close=False)
        connection.send(first + request("GET /2"))
        answer = connection.answer()
        same(path(answer), "/1", "the path")
        if not connection.ends(1):
            same(path(connection.answer()), "/2", "the second path")


@rule("A request may arrive byte by byte.", "RFC 9112, 2.2")
def take_a_request_byte_by_byte(server):
    with Connection(server) as connection:
        for byte in request("POST /slow", "Content-Length: 2", body=b"ok"):
            connection.send(bytes([byte]))
        same(value(connection.answer())["body"], b"ok", "the body")


@rule("A body that stops before its end is never taken for a whole one.", "RFC 9112, 6.3")
def never_take_half_a_body(server):
    for half in (
        request("POST /half", "Content-Length: 9", body=b"half"),
        request("POST /half", "Transfer-Encoding: chunked", body=b"4\r\nhalf\r\n"),
    ):
        with Connection(server) as connection:
            connection.send(half)
            connection.end_sending()
            sent = connection.rest()
        expect(
            not sent.startswith((b"HTTP/1.1 200", b"HTTP/1.0 200")),
            f"it was answered with {sent!r}",
        )
        same(ask(server, request("GET /after")).code, 200, "the next client's status")


@decision(
    "The connection stays for more requests after an answer of known length.",
    "RFC 9112, 9.3, recommends it",
)
def stay_open(server):
    with Connection(server) as connection:
        for number in range(3):
            connection.send(request(f"GET /{number}", close=False))
            same(path(connection.answer()), f"/{number}", "the path")

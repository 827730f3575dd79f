"""wsgi.input: PEP 3333, "Input and Error Streams"."""

from client import Connection, ask, request
from rules import Subject, expect, same, value

subject = Subject(__name__, "wsgi.input", "streams")
rule = subject.rule
decision = subject.decision

SECTION = "PEP 3333, Input and Error Streams"
LINES = b"one\ntwo\nthree\n"


def do(server, expression, body=LINES):
    """The value of an expression in which `i` is the input, on a connection that stays open: an
    input that waits for its end would wait for ever."""
    with Connection(server) as connection:
        headers = f"X-Do: {expression}", f"Content-Length: {len(body)}"
        connection.send(request("POST /", *headers, body=body, close=False))
        return value(connection.answer())


def reads(server, expression, wanted, body=LINES):
    same(do(server, expression, body), wanted, expression)


# A server whose input does not end where the body ends fails the rules about the end only; the
# other probes stay within the body.


@rule("read() returns the whole body.", SECTION)
def read(server):
    reads(server, "i.read()", LINES)


@rule("read(-1) returns the whole body.", SECTION)
def read_of_minus_one(server):
    reads(server, "i.read(-1)", LINES)


@decision("read(None) returns the whole body, as with any file of Python's.")
def read_of_none(server):
    reads(server, "i.read(None)", LINES)


@rule("read(size) returns as many bytes, the next call those after them.", SECTION)
def read_of_a_size(server):
    reads(server, "[i.read(4), i.read(2), i.read(8)]", [b"one\n", b"tw", b"o\nthree\n"])


@rule("read(size) beyond the end of the body returns what is left.", SECTION)
def read_beyond_the_end(server):
    reads(server, "i.read(9999)", LINES)


@rule("read(0) returns nothing and reads nothing.", SECTION)
def read_of_zero(server):
    reads(server, "[i.read(0), i.read(3)]", [b"", b"one"])


@rule("After the end of the body read() and read(size) return nothing, again and again.", SECTION)
def read_stays_at_the_end(server):
    calls = f"[i.read({len(LINES)}), i.read(), i.read(1), i.read(-1), i.read()][1:]"
    reads(server, calls, [b"", b"", b"", b""])


@rule("After the end of the body there are no lines, however they are asked for.", SECTION)
def lines_stay_at_the_end(server):
    calls = f"[i.read({len(LINES)}), i.readline(), i.readlines(), list(i), i.readline()][1:]"
    reads(server, calls, [b"", [], [], b""])


@rule("readline() returns one line with its end.", SECTION)
def readline(server):
    reads(server, "[i.readline() for n in range(3)]", [b"one\n", b"two\n", b"three\n"])


@rule("readline() returns a last line that has no end.", SECTION)
def readline_of_the_last_line(server):
    reads(server, "[i.readline(), i.readline()]", [b"one\n", b"two"], b"one\ntwo")


@rule("readline(size) returns at most as many bytes.", SECTION)
def readline_of_a_size(server):
    reads(server, "[i.readline(2), i.readline(9), i.readline(0)]", [b"on", b"e\n", b""])


@rule("readlines() returns all lines.", SECTION)
def readlines(server):
    reads(server, "i.readlines()", [b"one\n", b"two\n", b"three\n"])


@rule("readlines(hint) loses nothing: what it left can be read after it.", SECTION)
def readlines_of_a_hint(server):
    # The hint may be ignored, so any number of whole lines is right.
    rest = f"(lambda some: b''.join(some) + i.read({len(LINES)} - len(b''.join(some))))"
    reads(server, f"{rest}(i.readlines(1))", LINES)
    reads(server, "i.readlines(5)[:2]", [b"one\n", b"two\n"])


@rule("Iteration gives the lines.", SECTION)
def iteration(server):
    reads(server, "[line for line in i]", [b"one\n", b"two\n", b"three\n"])


@rule("The ways of reading can be mixed.", SECTION)
def mixed(server):
    calls = "[i.readline(), i.read(1), i.readline(), next(iter(i))]"
    reads(server, calls, [b"one\n", b"t", b"wo\n", b"three\n"])


@rule("Without a body it is empty and never waits for one.", SECTION)
def is_empty_without_a_body(server):
    for call, wanted in (
        ("[i.read(), i.readline()]", [b"", b""]),
        ("[i.read(1), list(i)]", [b"", []]),
    ):
        with Connection(server) as connection:
            connection.send(request("GET /", f"X-Do: {call}", close=False))
            same(value(connection.answer()), wanted, call)


@rule("A body of a megabyte with all bytes arrives as it was sent.", SECTION)
def large_bodies(server):
    body = bytes(range(256)) * 4096
    whole = f"i.read({len(body)})"
    calls = f"(lambda body: (len(body), body == bytes(range(256)) * 4096))({whole})"
    reads(server, calls, (len(body), True), body)


@rule("A chunked body arrives without its coding.", "RFC 9112, 7.1")
def chunked_bodies_are_decoded(server):
    body = b"5;note=1\r\nHello\r\n2\r\n, \r\n05\r\nworld\r\n0\r\n\r\n"
    headers = "X-Do: i.read()", "Transfer-Encoding: chunked"
    with Connection(server) as connection:
        connection.send(request("POST /", *headers, body=body, close=False))
        same(value(connection.answer()), b"Hello, world", "read()")


@rule("A chunked body can be read by lines and in parts, and ends.", "RFC 9112, 7.1; PEP 3333")
def chunked_bodies_end(server):
    body = b"2\r\non\r\n5\r\ne\ntwo\r\n1\r\n\n\r\n0\r\n\r\n"
    calls = "X-Do: [i.readline(), i.read(2), i.read(99), i.read(), i.readline()]"
    with Connection(server) as connection:
        headers = calls, "Transfer-Encoding: chunked"
        connection.send(request("POST /", *headers, body=body, close=False))
        same(value(connection.answer()), [b"one\n", b"tw", b"o\n", b"", b""], calls)


@rule("What the app leaves unread is never taken for the next request.", "RFC 9112, 9.3")
def unread_bodies_are_no_request(server):
    inner = request("GET /", "X-Do: 'smuggled'", close=False)
    length = f"Content-Length: {len(inner)}"
    with Connection(server) as connection:
        connection.send(request("POST /", "X-Do: 1", length, body=inner, close=False))
        same(value(connection.answer()), 1, "the first answer")
        connection.send(request("GET /", "X-Do: 2"))
        # The server may have closed the connection instead of reading on.
        if not connection.ends(1):
            same(value(connection.answer()), 2, "the second answer")


@rule(
    "A client that expects 100 Continue gets it, or a final answer, before it sends the body.",
    "RFC 9110, 10.1.1; PEP 3333, HTTP 1.1 Expect/Continue",
)
def continue_is_sent(server):
    headers = "X-Do: i.read(5)", "Content-Length: 5", "Expect: 100-continue"
    with Connection(server) as connection:
        connection.send(request("POST /", *headers, close=False))
        expect(connection.receive(), "the server says nothing and waits for the body")
        if connection.buffer.startswith(b"HTTP/1.1 100"):
            connection.send(b"Hello")
            same(value(connection.answer()), b"Hello", "read(5)")
        else:
            answer = connection.answer()
            expect(400 <= answer.code < 500 and answer.whole, answer)


@rule("A client of HTTP/1.0 gets no 100 Continue.", "RFC 9110, 10.1.1")
def continue_is_not_sent_to_http_1_0(server):
    head = (
        b"POST / HTTP/1.0\r\nX-Do: i.read(5)\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n"
    )
    answer = ask(server, head + b"Hello")
    same(answer.interim, [], "the list of interim answers")
    same(value(answer), b"Hello", "read(5)")

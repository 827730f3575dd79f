"""Odd header lines: RFC 9112, section 5, and RFC 9110, section 5."""

from client import Connection, ask
from rules import ODD, Subject, expect, refused, same, served, still_serves

subject = Subject(__name__, "Odd header lines", "odd", ODD)
rule = subject.rule
decision = subject.decision


def headed(*lines):
    return b"\r\n".join([b"GET / HTTP/1.1", b"Host: test", *lines, b"", b""])


def refused_or_replaced(server, header, allowed):
    """A server may refuse the header, or put spaces in place of what is wrong in it."""
    with Connection(server) as connection:
        connection.send(headed(header, b"Connection: close"))
        answer = connection.answer()
    if answer.code != 400:
        seen = served(server, headed(header, b"Connection: close"))
        got = seen["headers"].get("HTTP_X_A", "")
        expect(got in allowed, f"HTTP_X_A was {got!r}")
    still_serves(server)


@rule("A CR without LF in a value is refused with 400, or becomes a space.", "RFC 9112, 2.2")
def bare_carriage_returns(server):
    refused_or_replaced(server, b"X-A: a\rb", ("a b",))


@rule("A NUL in a value is refused with 400, or becomes a space.", "RFC 9110, 5.5")
def nul(server):
    refused_or_replaced(server, b"X-A: a\x00b", ("a b",))


@rule(
    "A value that goes on in a second line is refused with 400, or joined with spaces.",
    "RFC 9112, 5.2",
)
def folded_lines(server):
    refused_or_replaced(server, b"X-A: a\r\n b", ("a b", "a  b", "a   b"))


@decision("These three are refused with 400.")
def all_doubtful_values(server):
    refused(server, *map(headed, (b"X-A: a\rb", b"X-A: a\x00b", b"X-A: a\r\n b", b"X-A: a\r\n\tb")))


@decision("Other control characters are refused with 400.", "RFC 9110, 5.5, allows to keep them")
def control_characters(server):
    refused(server, headed(b"X-A: a\x1b[2Jb"), headed(b"X-A: a\x7f"), headed(b"X-A: \x0bb"))


@decision("A line that ends with LF alone is refused with 400.", "RFC 9112, 2.2, allows to take it")
def bare_line_feeds(server):
    refused(server, b"GET / HTTP/1.1\nHost: test\n\n", headed(b"X-A: a\nX-B: b"))


@rule(
    "A first header line that begins with white space is refused with 400, or dropped.",
    "RFC 9112, 2.2",
)
def white_space_before_the_first_header(server):
    sent = b"GET / HTTP/1.1\r\n X-A: 1\r\nHost: test\r\nConnection: close\r\n\r\n"
    answer = ask(server, sent)
    if answer.code != 400:
        same(served(server, sent)["headers"].get("HTTP_X_A"), None, "HTTP_X_A")


@rule("A line without a colon is refused with 400.", "RFC 9112, 5 and 2.2")
def without_a_colon(server):
    refused(server, headed(b"no colon"), headed(b"nocolon"))


@rule("A header without a name is refused with 400.", "RFC 9112, 5 and 2.2")
def without_a_name(server):
    refused(server, headed(b": empty"))


@rule("White space between the name and the colon is refused with 400.", "RFC 9112, 5.1")
def white_space_before_the_colon(server):
    refused(server, headed(b"X-A : a"), headed(b"X-A\t: a"))


@rule(
    "A name with characters that no name has is refused with 400.", "RFC 9110, 5.1; RFC 9112, 2.2"
)
def malformed_names(server):
    refused(server, *map(headed, (b"X A: a", b"X(: a", b"X\xe9: a", b"X\x01: a", b'"X": a')))


@rule("HTTP/1.1 without Host is refused with 400.", "RFC 9112, 3.2")
def without_host(server):
    refused(server, b"GET / HTTP/1.1\r\n\r\n", closes=False)


@rule("HTTP/1.0 without Host is served.", "RFC 9112, 3.2")
def without_host_in_http_1_0(server):
    same(served(server, b"GET /old HTTP/1.0\r\n\r\n")["path"], "/old", "the path")


@rule("Two Host headers are refused with 400.", "RFC 9112, 3.2")
def two_hosts(server):
    refused(server, headed(b"host: other"), headed(b"Host: test"), closes=False)


@rule("A Host that is no host is refused with 400.", "RFC 9112, 3.2")
def malformed_hosts(server):
    for host in (b"a b", b"a/b", b"a@b", b"a:b", b"[::1", b"[zz]", b"a%zz"):
        refused(server, b"GET / HTTP/1.1\r\nHost: " + host + b"\r\n\r\n", closes=False)


@decision("Two different Content-Types are refused with 400.")
def two_content_types(server):
    refused(server, headed(b"Content-Type: a/b", b"Content-Type: c/d"))


@decision("An expectation other than 100-continue gets 417.", "RFC 9110, 10.1.1, leaves it open")
def other_expectations(server):
    refused(server, headed(b"Expect: something"), codes=(417,))

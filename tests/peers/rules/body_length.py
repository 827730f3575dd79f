"""Where the body ends: whatever two servers could read differently. RFC 9112, section 6."""

from client import Connection, ask
from rules import (
    ODD,
    Subject,
    expect,
    refused,
    refused_or_waited_for,
    same,
    served,
    still_serves,
    value,
)

subject = Subject(__name__, "Odd lengths of the body", "odd", ODD)
rule = subject.rule
decision = subject.decision

SECTION = "RFC 9112, 6.3"
CODINGS = "RFC 9112, 6.1"


def post(*headers, body=b"", version=b"HTTP/1.1"):
    head = [b"POST / " + version, b"Host: test", *headers, b"", b""]
    return b"\r\n".join(head) + body


def lengths(server, *values):
    refused(server, *(post(b"Content-Length: " + value, body=b"0123456789") for value in values))


@rule("Two different lengths are refused with 400.", SECTION)
def two_different_lengths(server):
    refused(server, post(b"Content-Length: 1", b"Content-Length: 2", body=b"ab"))
    lengths(server, b"1, 2")


@rule("The same length twice is refused with 400, or taken as one.", "RFC 9110, 8.6")
def the_same_length_twice(server):
    for headers in ((b"Content-Length: 2", b"Content-Length: 2"), (b"Content-Length: 2, 2",)):
        answer = ask(server, post(*headers, b"Connection: close", body=b"ab"))
        if answer.code != 400:
            seen = value(answer)
            same((seen["length"], seen["body"]), ("2", b"ab"), "CONTENT_LENGTH and body")
        still_serves(server)


@decision("The same length twice is refused with 400.")
def the_same_length_twice_gets_400(server):
    refused(server, post(b"Content-Length: 2", b"Content-Length: 2", body=b"ab"))
    lengths(server, b"2, 2")


@rule("A length with a sign is refused with 400.", SECTION)
def signs(server):
    lengths(server, b"+1", b"-1", b"-0")


@rule("A length in another notation is refused with 400.", SECTION)
def other_notations(server):
    lengths(server, b"0x1", b"1_0", b"1e1", b"1.0", b"0b1")


@rule("A length that is no digits is refused with 400.", SECTION)
def no_digits(server):
    lengths(server, b"ten", b"1 0", b"1;", b"\xb2", b"\xd9\xa1")


@rule("A length of nothing is refused with 400.", SECTION)
def no_length(server):
    lengths(server, b"")


@rule(
    "A length beyond all numbers is refused, or waited for; it never becomes another one.",
    "RFC 9110, 8.6",
)
def lengths_beyond_numbers(server):
    # The second one is 2 to the 64th and 5.
    for length in (b"99999999999999999999999", b"18446744073709551621"):
        refused_or_waited_for(server, post(b"Content-Length: " + length, body=b"Hello"))


@decision("A length over the limit of 16 MiB is refused with 413, before any of the body came.")
def lengths_over_the_limit(server):
    refused(server, post(b"Content-Length: 16777217"), codes=(413,))
    refused(server, post(b"Content-Length: 99999999999999999999999"), codes=(413,))


BOTH = b"Content-Length: 3", b"Transfer-Encoding: chunked"
HELLO = b"5\r\nHello\r\n0\r\n\r\n"


@rule(
    "With both lengths a request is refused, or the chunks are taken and the connection ends.",
    CODINGS,
)
def both_lengths(server):
    with Connection(server) as connection:
        connection.send(post(*BOTH, body=HELLO))
        answer = connection.answer()
        if answer.code != 400:
            same(value(answer)["body"], b"Hello", "the body")
        expect(connection.ends(), "the connection stays open")


@decision("With both lengths a request is refused with 400.")
def both_lengths_get_400(server):
    refused(server, post(*BOTH, body=HELLO))


@rule("Transfer-Encoding in HTTP/1.0 is a framing error: the connection ends.", CODINGS)
def chunks_in_http_1_0(server):
    with Connection(server) as connection:
        headers = b"Transfer-Encoding: chunked", b"Connection: keep-alive"
        connection.send(post(*headers, body=HELLO, version=b"HTTP/1.0"))
        connection.answer()
        expect(connection.ends(), "the connection stays open")


@decision("Transfer-Encoding in HTTP/1.0 is refused with 400.")
def chunks_in_http_1_0_get_400(server):
    refused(server, post(b"Transfer-Encoding: chunked", body=HELLO, version=b"HTTP/1.0"))


@rule("Chunked must be the last coding: otherwise 400, or 501 for the coding after it.", SECTION)
def chunked_not_last(server):
    refused(server, post(b"Transfer-Encoding: chunked, gzip", body=HELLO), codes=(400, 501))


@rule("Chunked twice is refused with 400 or 501.", CODINGS)
def chunked_twice(server):
    codes = (400, 501)
    refused(server, post(b"Transfer-Encoding: chunked, chunked", body=HELLO), codes=codes)
    twice = post(b"Transfer-Encoding: chunked", b"Transfer-Encoding: chunked", body=HELLO)
    refused(server, twice, codes=codes)


@rule("A coding that the server does not know is refused with 501.", CODINGS)
def unknown_codings(server):
    refused(server, post(b"Transfer-Encoding: gzip, chunked", body=HELLO), codes=(501,))


@rule("A coding that does not end with chunked is refused with 400 or 501.", SECTION)
def codings_without_an_end(server):
    codings = b"gzip", b"xchunked", b"chunkedx", b"identity", b""
    requests = (post(b"Transfer-Encoding: " + coding, body=HELLO) for coding in codings)
    refused(server, *requests, codes=(400, 501))


@rule("A disguised chunked is refused with 400 or 501.", "RFC 9112, 11.2")
def disguised_codings(server):
    disguises = (
        b'Transfer-Encoding: "chunked"',
        b"Transfer-Encoding : chunked",
        b"Transfer-Encoding: \x0bchunked",
    )
    refused(server, *(post(disguise, body=HELLO) for disguise in disguises), codes=(400, 501))


@rule("The name of the coding may be in capitals.", "RFC 9112, 7")
def chunked_in_capitals(server):
    sent = post(b"Transfer-Encoding: CHUNKED", b"Connection: close", body=HELLO)
    same(served(server, sent)["body"], b"Hello", "the body")

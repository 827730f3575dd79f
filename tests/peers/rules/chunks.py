"""Odd chunks: RFC 9112, section 7.1."""

from client import Connection, request
from rules import ODD, Subject, refused, refused_or_waited_for, same, served, value

subject = Subject(__name__, "Odd chunks", "odd", ODD)
rule = subject.rule
decision = subject.decision

SECTION = "RFC 9112, 7.1"
TRAILERS = "RFC 9112, 7.1.2"


def chunked(body):
    return request("POST /", "Transfer-Encoding: chunked", body=body, close=False)


def bodies(server, *values, codes=(400,)):
    refused(server, *map(chunked, values), codes=codes)


@rule("A size with a sign is refused with 400.", SECTION)
def signs(server):
    bodies(server, b"+5\r\nHello\r\n0\r\n\r\n", b"-5\r\nHello\r\n0\r\n\r\n")


@rule("A size with 0x before it is refused with 400.", SECTION)
def prefixes(server):
    bodies(server, b"0x5\r\nHello\r\n0\r\n\r\n", b"0X5\r\nHello\r\n0\r\n\r\n")


@rule("A size with anything else in it is refused with 400.", SECTION)
def rubbish(server):
    sizes = b"5_", b"five", b"5g", b" 5", b"5 5", b"\xd9\xa5"
    bodies(server, *(size + b"\r\nHello\r\n0\r\n\r\n" for size in sizes))


@rule("A size of nothing is refused with 400.", SECTION)
def no_size(server):
    bodies(server, b"\r\nHello\r\n0\r\n\r\n", b";a=b\r\nHello\r\n0\r\n\r\n")


@rule("A size beyond all numbers is refused, or waited for; it never becomes another one.", SECTION)
def sizes_beyond_numbers(server):
    # The second one is 2 to the 64th and 5.
    for size in (b"ffffffffffffffffff", b"10000000000000005"):
        refused_or_waited_for(server, chunked(size + b"\r\nHello\r\n0\r\n\r\n"))


@rule("A size that ends with LF alone is refused with 400.", SECTION)
def bare_line_feeds(server):
    bodies(server, b"5\nHello\r\n0\r\n\r\n", b"5\r\nHello\n0\r\n\r\n")


@rule("A chunk longer or shorter than its size is refused with 400.", SECTION)
def wrong_sizes(server):
    bodies(server, b"5\r\nHelloX\r\n0\r\n\r\n", b"5\r\nHello0\r\n\r\n", b"5\r\nHell\r\n0\r\n\r\n")


@rule("A size may have zeros before it, and letters of both kinds.", SECTION)
def sizes_in_any_hexadecimal(server):
    body = b"000a\r\n0123456789\r\nA\r\n0123456789\r\n000\r\n\r\n"
    seen = served(server, request("POST /", "Transfer-Encoding: chunked", body=body))
    same(seen["body"], b"01234567890123456789", "the body")


@rule("Extensions that the server does not know are ignored.", "RFC 9112, 7.1.1")
def extensions(server):
    body = b'5;a=b;c;d="e"\r\nHello\r\n0;f\r\n\r\n'
    seen = served(server, request("POST /", "Transfer-Encoding: chunked", body=body))
    same(seen["body"], b"Hello", "the body")


@decision("Extensions that are none are refused with 400.", "RFC 9112, 7.1.1, lets all be ignored")
def malformed_extensions(server):
    values = b";a\0", b";a\x01", b";a\x95", b";=b", b";", b";a=", b';a="b', b";a b", b";a\r;b"
    bodies(server, *(b"5" + value + b"\r\nHello\r\n0\r\n\r\n" for value in values))


@rule("Extensions without end are refused.", "RFC 9112, 7.1.1")
def endless_extensions(server):
    bodies(server, b"5;" + b"x" * (1 << 20), codes=(400, 413, 431))


@rule("Trailers never become headers, and what comes after them is the next request.", TRAILERS)
def trailers(server):
    body = b"5\r\nHello\r\n0\r\nX-Trailer: 1\r\n\r\n"
    with Connection(server) as connection:
        connection.send(chunked(body))
        answer = connection.answer()
        seen = value(answer)
        same(seen["body"], b"Hello", "the body")
        same(seen["headers"].get("HTTP_X_TRAILER"), None, "HTTP_X_TRAILER")
        if not answer.says_close() and answer.version == b"HTTP/1.1":
            connection.send(request("GET /next"))
            same(value(connection.answer())["path"], "/next", "the next path")


@decision(
    "Trailers that are no header lines are refused with 400.", "RFC 9112, 7.1.2, lets all be dropped"
)
def malformed_trailers(server):
    lines = (
        b"T",
        b"GET /x HTTP/1.1\r\nHost: test",
        b"GET http://test/x HTTP/1.1\r\nHost: test",
        b": 1",
        b"T : 1",
        b"T: 1\r\n 2",
        b"T: \0",
        b"T: 1\r2",
        b"\x04T: 1",
        b"T: 1\n",
    )
    bodies(server, *(b"5\r\nHello\r\n0\r\n" + line + b"\r\n\r\n" for line in lines))


@decision("Trailers without end are refused.", "RFC 9110, 5.4, leaves the limit open")
def endless_trailers(server):
    bodies(server, b"0\r\n" + b"T: 1\r\n" * (1 << 18), codes=(400, 413, 431))


@decision(
    "A body of chunks over the limit of 16 MiB is refused with 413 as soon as its size is said."
)
def bodies_over_the_limit(server):
    bodies(server, b"1000001\r\n", codes=(413,))

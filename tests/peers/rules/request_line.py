"""Odd request lines: the method, the target, the version. RFC 9112, section 3."""

from client import ask, request
from rules import ODD, Subject, expect, refused, same, served, value

subject = Subject(__name__, "Odd request lines", "odd", ODD)
rule = subject.rule
decision = subject.decision

SECTION = "RFC 9112, 3"
GRAMMAR = "RFC 9112, 2.2"


def line(first, *headers):
    return "\r\n".join([first, "Host: test", *headers, "", ""]).encode("latin-1")


def get(target, version="HTTP/1.1"):
    return line(f"GET {target} {version}")


@rule("What is no request line is refused with 400.", SECTION)
def garbage(server):
    refused(server, b"garbage\r\n\r\n", b"\x00\x01\x02\xff\r\n\r\n")


@rule("A line without a version, as in HTTP/0.9, is refused with 400.", SECTION)
def without_a_version(server):
    refused(server, b"GET /\r\n\r\n", line("GET /"))


@rule("HTTP/0.9 is refused with 400 or 505.", SECTION)
def http_0_9(server):
    refused(server, get("/", "HTTP/0.9"), codes=(400, 505))


@rule("More than three parts are refused with 400.", SECTION)
def with_extra_parts(server):
    refused(server, get("/", "HTTP/1.1 x"), get("/ a"))


@decision(
    "Two spaces, a tab and a space at either end are refused with 400.",
    "RFC 9112, 3, allows to take them",
)
def with_other_white_space(server):
    lines = (
        "GET  / HTTP/1.1",
        "GET /  HTTP/1.1",
        "GET\t/ HTTP/1.1",
        " GET / HTTP/1.1",
        "GET / HTTP/1.1 ",
    )
    refused(server, *(line(first) for first in lines))


@rule(
    "A method with characters that no method has is refused with 400, 405 or 501.",
    "RFC 9110, 5.6.2 and 9.1",
)
def malformed_methods(server):
    refused(
        server,
        line("G(T / HTTP/1.1"),
        line("G\xc3\x89T / HTTP/1.1"),
        line("G\x1bT / HTTP/1.1"),
        codes=(400, 405, 501),
    )


@decision(
    "Any token is a method, in small letters too, and reaches the app as it is.",
    "RFC 9110, 9.1, lets it be refused",
)
def methods_of_any_token(server):
    for method in ("get", "BREW", "!#$%&'*+-.^_`|~"):
        same(served(server, request(f"{method} /"))["method"], method, "the method")


@decision("CONNECT, which asks for a tunnel, gets 501.", "RFC 9110, 9.3.6, leaves it open")
def connect(server):
    refused(server, b"CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n", codes=(501,))


@rule(
    "A target that begins with no slash, and is no other form, is refused with 400.",
    "RFC 9112, 3.2",
)
def targets_without_a_slash(server):
    refused(server, get("index"), get("?a"), get("\\"))


@rule("A target with a fragment is refused with 400.", "RFC 9112, 3.2")
def targets_with_a_fragment(server):
    refused(server, get("/a#b"))


@rule("An absolute target without a host is refused with 400.", "RFC 9110, 4.2.1")
def absolute_targets_without_a_host(server):
    refused(server, get("http:///p"))


@rule("An absolute target whose host is none is refused with 400.", "RFC 9112, 3; RFC 3986, 3.2")
def absolute_targets_with_a_malformed_host(server):
    hosts = "<script>", "a\\b", '"', "[::1", "[zz]", "a:8x", "a%zz", "\xf5"
    refused(server, *(get(f"http://{host}/x") for host in hosts))


@decision(
    "An absolute target with a user's name is refused with 400.",
    "RFC 9110, 4.2.4, says that it should be",
)
def absolute_targets_with_a_user(server):
    refused(server, get("http://user:password@test/"), get("http://user@test/"))


@rule(
    "A target of `*` is refused with 400, 405 or 501, except for OPTIONS.", "RFC 9112, 3.2.4"
)
def stars_of_other_methods(server):
    refused(server, get("*"), line("options * HTTP/1.1"), codes=(400, 405, 501))


@decision("An absolute target of a scheme that is not HTTP's is refused with 400.")
def absolute_targets_of_other_schemes(server):
    refused(server, get("ftp://host/"))


@rule("A control character in the target is refused with 400.", "RFC 9112, 3.2")
def targets_with_control_characters(server):
    refused(server, get("/\x00"), get("/a\x1b[2J"), get("/a\x7f"))


@rule("Of an absolute target the path and query reach the app.", "RFC 9112, 3.2.2")
def absolute_targets(server):
    seen = served(server, request("GET http://other:81/a%20b?c"))
    same((seen["path"], seen["query"]), ("/a b", "c"), "path and query")


@rule("The host of an absolute target takes the place of the Host header.", "RFC 9112, 3.2.2")
def absolute_targets_name_the_host(server):
    seen = served(server, request("GET http://other:81/"))
    same(seen["headers"].get("HTTP_HOST"), "other:81", "HTTP_HOST")


@rule("HTTP/1.2 to HTTP/1.9 are served as HTTP/1.1.", "RFC 9110, 2.5")
def later_minor_versions(server):
    for minor in (2, 9):
        answer = ask(server, line(f"GET /later HTTP/1.{minor}", "Connection: close"))
        same(value(answer)["path"], "/later", "the path")


@rule("HTTP/2.0 and later are refused with 505, or with 400.", "RFC 9110, 15.6.6; RFC 9112, 2.3")
def other_major_versions(server):
    refused(server, get("/", "HTTP/2.0"), get("/", "HTTP/9.9"), codes=(400, 505))


@rule("The preface of HTTP/2 is refused with 505, or with 400.", "RFC 9113, 3.4")
def the_preface_of_http_2(server):
    refused(server, b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", codes=(400, 505))


@decision("Other major versions get 505.")
def other_major_versions_get_505(server):
    refused(server, get("/", "HTTP/2.0"), get("/", "HTTP/9.9"), codes=(505,))
    refused(server, b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", codes=(505,))


@rule("What is no version is refused with 400 or 505.", "RFC 9112, 2.3")
def malformed_versions(server):
    versions = "HTTP/1", "HTTP/1.10", "http/1.1", "HTTP/1.x", "HTTQ/1.1", "HTTP/+1.1"
    refused(server, *(get("/", version) for version in versions), codes=(400, 505))


@rule("An empty line before the request line is skipped.", "RFC 9112, 2.2")
def empty_lines_before(server):
    same(served(server, b"\r\n" + request("GET /a"))["path"], "/a", "the path")


@decision("Two empty lines before it are skipped, three are refused with 400.")
def more_empty_lines_before(server):
    same(served(server, b"\r\n\r\n" + request("GET /a"))["path"], "/a", "the path")
    refused(server, b"\r\n\r\n\r\n" + request("GET /a"))


@decision("The first byte of a TLS hello gets 400 at once, and the advice to use http://.")
def tls(server):
    for hello in (b"\x16", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"):
        refused(server, hello)
        expect("http://" in ask(server, hello).text(), "the advice was not there")


@decision("An escaped NUL in the path is refused with 400.")
def escaped_nul(server):
    refused(server, get("/a%00b"))


subject.tested_by(
    "told_live",
    "What is refused is told live, with the reason in words and the bytes that caused it.",
    "malformed_request_lines_are_refused",
    "tests/outside/hostile/lines.rs",
)

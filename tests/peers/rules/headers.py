"""How the headers of a request become keys of environ: RFC 3875, section 4.1.18."""

from client import ask
from rules import Subject, expect, same, told, value

subject = Subject(__name__, "Headers in environ", "environ")
rule = subject.rule
decision = subject.decision


def key(server, name, *headers):
    return told(server, "show", *headers).get(name)


@rule("A header goes under HTTP_, in capitals, with underscores for hyphens.", "RFC 3875, 4.1.18")
def become_keys(server):
    same(key(server, "HTTP_X_SOME_name".upper(), "x-sOme-Name: value"), "value", "HTTP_X_SOME_NAME")


@rule("The white space around a value is no part of it; that within is.", "RFC 9112, 5.1")
def values_are_stripped(server):
    same(key(server, "HTTP_X_A", "X-A: \t 1  2\t "), "1  2", "HTTP_X_A")


@rule("A value's bytes above 127 become latin-1 characters.", "PEP 3333, Unicode Issues")
def values_are_latin_1(server):
    same(key(server, "HTTP_X_A", "X-A: \xc3\xa9\xff"), "\xc3\xa9\xff", "HTTP_X_A")


@rule("A header sent twice becomes one list, in order.", "RFC 3875, 4.1.18; RFC 9110, 5.3")
def sent_twice_are_joined(server):
    got = key(server, "HTTP_X_A", "X-A: 1", "X-B: 0", "x-a: 2") or ""
    same([part.strip() for part in got.split(",")], ["1", "2"], "HTTP_X_A as a list")


@rule("A header that was not sent has no key.", "RFC 3875, 4.1.18")
def not_sent_have_no_key(server):
    seen = value(ask(server, b"GET / HTTP/1.0\r\n\r\n"))
    same([name for name in seen if str(name).startswith("HTTP_")], [], "the list of keys")


@rule("Content-Type goes under CONTENT_TYPE.", "PEP 3333, environ Variables")
def content_type(server):
    same(key(server, "CONTENT_TYPE", "content-type: a/b; c=d"), "a/b; c=d", "CONTENT_TYPE")


@rule("CONTENT_TYPE is empty or absent when none was sent.", "PEP 3333, environ Variables")
def content_type_is_not_invented(server):
    same(key(server, "CONTENT_TYPE") or "", "", "CONTENT_TYPE")


@rule("Content-Length goes under CONTENT_LENGTH.", "PEP 3333, environ Variables")
def content_length(server):
    seen = told(server, "show", "content-length: 3", line="POST /", body=b"abc")
    same(seen.get("CONTENT_LENGTH"), "3", "CONTENT_LENGTH")


@rule("CONTENT_LENGTH is empty or absent without a body.", "RFC 3875, 4.1.2")
def content_length_is_not_invented(server):
    same(key(server, "CONTENT_LENGTH") or "", "", "CONTENT_LENGTH")


@rule("The two are not there a second time with HTTP_.", "RFC 3875, 4.1.18")
def content_headers_have_one_key(server):
    seen = told(server, "show", "Content-Type: a/b", "Content-Length: 0", line="POST /")
    found = [name for name in ("HTTP_CONTENT_TYPE", "HTTP_CONTENT_LENGTH") if name in seen]
    same(found, [], "the list of second keys")


@rule("CONTENT_LENGTH of a chunked body is its length without the coding.", "RFC 3875, 4.1.2")
def content_length_of_chunks(server):
    body = b"5\r\nHello\r\n2\r\n, \r\n0\r\n\r\n"
    seen = told(server, "show", "Transfer-Encoding: chunked", line="POST /", body=body)
    same(seen.get("CONTENT_LENGTH"), "7", "CONTENT_LENGTH")


@decision(
    "What was not sent has no key, not even CONTENT_TYPE and CONTENT_LENGTH with nothing in it."
)
def content_headers_not_sent_have_no_key(server):
    seen = told(server, "show")
    found = [name for name in ("CONTENT_TYPE", "CONTENT_LENGTH") if name in seen]
    same(found, [], "the list of keys")


@decision("A header with nothing in it has a key.", "RFC 3875, 4.1.18 allows both")
def empty_ones_have_a_key(server):
    same(key(server, "HTTP_X_A", "X-A:"), "", "HTTP_X_A")


@decision(
    "Cookie headers sent twice are joined with a semicolon, as one Cookie header would be.",
    "RFC 6265, 5.4, forbids two",
)
def cookies_are_joined(server):
    same(key(server, "HTTP_COOKIE", "Cookie: a=1", "Cookie: b=2"), "a=1; b=2", "HTTP_COOKIE")


@decision("A name with an underscore never passes for the one with a hyphen.")
def names_with_underscores_have_no_key(server):
    same(key(server, "HTTP_X_SPOOF", "X_Spoof: evil"), None, "HTTP_X_SPOOF of X_Spoof alone")
    got = key(server, "HTTP_X_SPOOF", "X-Spoof: good", "X_Spoof: evil")
    same(got, "good", "HTTP_X_SPOOF of X-Spoof and X_Spoof")
    expect(
        key(server, "CONTENT_LENGTH", "Content_Length: 9") in (None, ""), "Content_Length was taken"
    )


@decision("Proxy never becomes HTTP_PROXY, which many programs obey.")
def proxy_has_no_key(server):
    same(key(server, "HTTP_PROXY", "Proxy: evil"), None, "HTTP_PROXY")


@decision(
    "The app sees no Transfer-Encoding: the server has taken the coding off.",
    "RFC 3875, 4.1.18, leaves it open",
)
def transfer_encoding_has_no_key(server):
    body = b"5\r\nHello\r\n0\r\n\r\n"
    seen = told(server, "show", "Transfer-Encoding: chunked", line="POST /", body=body)
    same(seen.get("HTTP_TRANSFER_ENCODING"), None, "HTTP_TRANSFER_ENCODING")

"""The differences that are as they should be, each with its bytes and its reason.

An entry that no answer shows any more is reported, so that the list stays true.
"""

import dataclasses

BOTH = ("Flask", "Django")


@dataclasses.dataclass
class Known:
    """A part of some answers that differs, and why wsgi-tutor's is right."""

    frameworks: tuple
    requests: tuple
    part: str
    gunicorn: bytes
    wsgi_tutor: bytes
    reason: str

    def fits(self, difference):
        return (
            difference.framework in self.frameworks
            and difference.request in self.requests
            and (self.part, self.gunicorn, self.wsgi_tutor)
            == (difference.part, difference.gunicorn, difference.wsgi_tutor)
        )


VERSION = "a server answers with its own version, not with the client's (RFC 9110, section 6.2)"
COOKIES = "'; ' is what stands between cookies (RFC 6265, section 4.2.1); ',' joins them to one"
EMPTY = (
    "headers are sent with the first block that is not empty or at the end; here it is the end, so "
    "the length is known"
)
CHUNKS = (
    "CONTENT_LENGTH is the body's length without its transfer coding (RFC 3875, section 4.1.2), "
    "and Django reads no body without it"
)
DJANGOS_500 = (
    b'\n<!doctype html>\n<html lang="en">\n<head>\n  <title>Server Error (500)</title>\n</head>\n'
    b"<body>\n  <h1>Server Error (500)</h1><p></p>\n</body>\n</html>\n"
)

DIFFERENCES = (
    Known(
        BOTH, ("hello, HTTP/1.0", "stream, HTTP/1.0", "file, HTTP/1.0"), "status line",
        b"HTTP/1.0 200 OK", b"HTTP/1.1 200 OK", VERSION,
    ),
    Known(
        ("Flask",), ("cookies in two headers",), "body",
        b'{"a":"1,b=2"}\n', b'{"a":"1","b":"2"}\n', COOKIES,
    ),
    Known(
        ("Flask",), ("cookies in two headers",), "headers",
        b"Content-Length: 14", b"Content-Length: 18", COOKIES,
    ),
    Known(
        ("Django",), ("cookies in two headers",), "body",
        b'{"a": "1,b=2"}', b'{"a": "1", "b": "2"}', COOKIES,
    ),
    Known(
        ("Django",), ("cookies in two headers",), "headers",
        b"Content-Length: 14", b"Content-Length: 20", COOKIES,
    ),
    Known(
        ("Django",), ("redirect to the slash",), "headers",
        b"", b"Content-Length: 0", EMPTY,
    ),
    Known(
        ("Django",), ("redirect to the slash",), "gateway's headers",
        b"transfer-encoding: chunked", b"", EMPTY,
    ),
    Known(
        ("Django",), ("redirect to the slash",), "end of the body",
        b"chunked", b"length", EMPTY,
    ),
    Known(
        ("Django",), ("echo, chunked",), "body",
        b"", b"a" + b"bc" * 5000 + b"\r\n0\r\n\r\n", CHUNKS,
    ),
    Known(
        ("Django",), ("echo, chunked",), "headers",
        b"Content-Length: 0", b"Content-Length: 10008", CHUNKS,
    ),
    Known(
        ("Django",), ("api, change",), "status line",
        b"HTTP/1.1 500 Internal Server Error", b"HTTP/1.1 200 OK", CHUNKS,
    ),
    Known(
        ("Django",), ("api, change",), "headers",
        b"Content-Type: text/html; charset=utf-8\r\nX-Frame-Options: DENY\r\nContent-Length: 145",
        b"Content-Type: application/json\r\nX-Frame-Options: DENY\r\nContent-Length: 50",
        CHUNKS,
    ),
    Known(
        ("Django",), ("api, change",), "body",
        DJANGOS_500, b'{"number": 7, "method": "PATCH", "item": {"a": 1}}', CHUNKS,
    ),
)


def sorted_out(framework, found):
    """Divides what was found into what is known and what is not, and adds what is known in vain."""
    explained, unexplained, stale = [], [], []
    for difference in found:
        entry = next((entry for entry in DIFFERENCES if entry.fits(difference)), None)
        if entry:
            difference.reason = entry.reason
        (explained if entry else unexplained).append(difference)
    for entry in DIFFERENCES:
        seen = {difference.request for difference in explained if entry.fits(difference)}
        if framework in entry.frameworks:
            stale += [
                f"{framework}, {request}: the known difference of the {entry.part} was not seen"
                for request in entry.requests if request not in seen
            ]
    return explained, unexplained, stale

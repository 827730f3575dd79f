"""What is asked of each framework: the requests, as bytes.

Both applications have the same paths, so one list serves both. `{cookies}` and `{token}` stand for
what the server gave in its earlier answers, as a browser would send it back.
"""

import dataclasses

HOST = b"pages.example"
JSON = b"Content-Type: application/json"
FORM = b"Content-Type: application/x-www-form-urlencoded"
CHUNKED = b"Transfer-Encoding: chunked"
BOUNDARY = b"-----a-boundary-----"
MULTIPART = b"Content-Type: multipart/form-data; boundary=" + BOUNDARY
LARGE = bytes(range(256)) * (5 * 1024 * 4)


@dataclasses.dataclass
class Request:
    """One request; Host, Content-Length and Connection are added to its headers."""

    name: str
    line: bytes
    headers: tuple = ()
    body: "bytes | None" = None
    # The status of a right answer, or one from Flask and one from Django.
    gives: "int | tuple[int, int]" = 200
    # Whether the application is meant to fail, so that an error may be told of it.
    fails: bool = False
    # What the tutor then tells: of an exception, or of what the application logged or printed.
    tells: str = ""

    @property
    def method(self):
        return self.line.split()[0]

    @property
    def target(self):
        return self.line.split()[1]

    def expected(self, framework):
        """The status of the right answer."""
        if isinstance(self.gives, int):
            return self.gives
        return dict(zip(("Flask", "Django"), self.gives))[framework]

    @property
    def waits(self):
        """Whether the body is sent only after the server has asked for it."""
        return b"Expect: 100-continue" in self.headers

    def written(self, remembered, keep_alive):
        """Its head and its body, with what was remembered of earlier answers filled in."""
        body = b"" if self.body is None else filled(self.body, remembered)
        lines = [self.line, b"Host: " + HOST]
        lines += [filled(header, remembered) for header in self.headers]
        if self.body is not None and CHUNKED not in self.headers:
            lines.append(b"Content-Length: %d" % len(body))
        if not keep_alive:
            lines.append(b"Connection: close")
        return b"\r\n".join([*lines, b"", b""]), body


def filled(data, remembered):
    for name, value in remembered.items():
        data = data.replace(b"{%s}" % name, value)
    return data


def get(name, target, *headers, **more):
    return Request(name, b"GET %s HTTP/1.1" % target, headers, **more)


def send(name, method, target, body, *headers, **more):
    return Request(name, b"%s %s HTTP/1.1" % (method, target), headers, body, **more)


def part(disposition, content, *headers):
    lines = [b"--" + BOUNDARY, b"Content-Disposition: form-data; " + disposition, *headers]
    return b"\r\n".join([*lines, b"", content, b""])


def upload(name, file_name, content, *headers):
    file = b'name="file"; filename="%s"' % file_name
    body = part(b'name="note"', "füße".encode())
    body += part(file, content, b"Content-Type: application/octet-stream")
    return send(name, b"POST", b"/upload", body + b"--" + BOUNDARY + b"--\r\n", MULTIPART, *headers)


def chunked(*blocks):
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(block), block) for block in blocks)
    return chunks + b"0\r\n\r\n"


REQUESTS = (
    # Pages from a template.
    get("hello", b"/"),
    get("hello, escaped", b"/?name=%3Cb%3E+%26%20%E2%9C%93"),
    Request("hello, HEAD", b"HEAD / HTTP/1.1"),
    Request("hello, OPTIONS", b"OPTIONS / HTTP/1.1", gives=(200, 405)),
    Request("hello, DELETE", b"DELETE / HTTP/1.1", gives=(405, 403)),
    Request("hello, an unknown method", b"PROPFIND / HTTP/1.1", gives=(405, 403)),
    Request("hello, HTTP/1.0", b"GET / HTTP/1.0"),
    Request("hello, an absolute target", b"GET http://pages.example/?name=you HTTP/1.1"),
    # A form.
    get("form", b"/form"),
    send("form, sent", b"POST", b"/form",
         "name=Zoë+%26+Bj%C3%B6rn&word=a&word=b%3Dc&csrfmiddlewaretoken={token}".encode(),
         FORM, b"Cookie: {cookies}"),
    send("form, no name", b"POST", b"/form", b"name=&csrfmiddlewaretoken={token}",
         FORM, b"Cookie: {cookies}", gives=303),
    send("form, no token", b"POST", b"/form", b"name=you&word=me", FORM, gives=(200, 403)),
    send("form, an empty body", b"POST", b"/form", b"", FORM, gives=(303, 403)),
    # Cookies and sessions.
    get("cookies set", b"/cookies"),
    get("cookies sent", b"/cookies", b'Cookie: a=1; b="two; parts"; c=%C3%A9; a=2'),
    get("cookies in two headers", b"/cookies", b"Cookie: a=1", b"Cookie: b=2"),
    get("first visit", b"/visits"),
    get("second visit", b"/visits", b"Cookie: {cookies}"),
    get("third visit", b"/visits", b"Cookie: {cookies}"),
    get("forged session", b"/visits", b"Cookie: session=e30.forged.forged; sessionid=e30:x:y"),
    # Redirects.
    get("redirect, relative", b"/redirect/relative", gives=302),
    get("redirect, absolute", b"/redirect/absolute", gives=307),
    get("redirect, non-ASCII", b"/redirect/non-ascii", gives=301),
    get("redirect to the slash", b"/slash?a=%20b", gives=(308, 301)),
    get("the slash", b"/slash/"),
    # Bodies.
    upload("upload", b"a.bin", bytes(range(256))),
    upload("upload, non-ASCII name", "über größe.bin".encode(), b"\r\n--\r\n\0\xff"),
    upload("upload, 5 MiB", b"large.bin", LARGE),
    upload("upload, 100-continue", b"a.bin", b"content", b"Expect: 100-continue"),
    send("upload, no file", b"POST", b"/upload", b"a=b", FORM, fails=True, gives=(400, 500)),
    send("echo, binary", b"POST", b"/echo", bytes(range(256)) * 300,
         b"Content-Type: application/octet-stream"),
    send("echo, empty", b"POST", b"/echo", b"", b"Content-Type: text/plain"),
    Request("echo, no body at all", b"POST /echo HTTP/1.1"),
    send("echo, PUT", b"PUT", b"/echo", b"put", b"Content-Type: text/plain; charset=utf-8"),
    send("echo, chunked", b"POST", b"/echo", chunked(b"a", b"bc" * 5000, b"\r\n0\r\n\r\n"), CHUNKED,
         b"Content-Type: application/octet-stream"),
    get("echo, a body on GET", b"/echo", b"Content-Type: text/plain", body=b"on GET"),
    # Streaming.
    get("stream", b"/stream"),
    Request("stream, HEAD", b"HEAD /stream HTTP/1.1"),
    Request("stream, HTTP/1.0", b"GET /stream HTTP/1.0"),
    get("stream, broken", b"/stream/broken", fails=True,
        tells="ArithmeticError: the body fails after its first block"),
    # Paths and queries.
    get("path, UTF-8", b"/path/gr%C3%B6%C3%9Fe/%E4%BD%A0%E5%A5%BD%20%F0%9F%90%8D"),
    get("path, a route in UTF-8", b"/st%C3%A4dte/K%c3%b6ln%20am%20Rhein"),
    get("path, a route in latin-1", b"/st%E4dte/K%F6ln", gives=404),
    get("path, not UTF-8", b"/path/%FF%FEx"),
    get("path, escaped delimiters", b"/path/a%2Fb%3Fc%23d%25e%3B;f=g"),
    get("path, double slash", b"/path/a//b"),
    get("path, double slash first", b"//path/a", gives=(200, 404)),
    get("path, dots", b"/path/a/../b/./c"),
    get("path, bad escapes", b"/path/100%/%zz/%4"),
    get("query", b"/query?a=1&b=&a=2&c&&=d&e=%C3%A9+%2B;f=1"),
    get("query, empty", b"/query?"),
    get("query, question marks", b"/query?a=?b?&c=/"),
    # environ.
    get("environ", b"/environ?q=%41", b"X-One: 1", b"X-Two:  two  words \t", b"Accept: */*"),
    get("environ, repeated headers", b"/environ", b"X-One: a", b"X-One: b", b"Accept: a/b",
        b"Accept: c/d"),
    get("environ, latin-1 header", b"/environ", b"X-Name: caf\xe9 \xc3\xa9"),
    get("environ, empty header", b"/environ", b"X-Empty:"),
    get("environ, underscores", b"/environ", b"X_Spoofed: 1"),
    get("environ, a Content-Type on GET", b"/environ", b"Content-Type: a/b"),
    # Failures.
    get("404", b"/missing/p%C3%A4ge", gives=404),
    Request("404, HEAD", b"HEAD /missing HTTP/1.1", gives=404),
    get("500", b"/error", fails=True, gives=500, tells="ZeroDivisionError: division by zero"),
    Request("500, HEAD", b"HEAD /error HTTP/1.1", fails=True, gives=500),
    # Files.
    get("file", b"/file"),
    Request("file, HEAD", b"HEAD /file HTTP/1.1"),
    Request("file, HTTP/1.0", b"GET /file HTTP/1.0"),
    get("file, attached", b"/file/attached"),
    get("file, from memory", b"/file/memory"),
    get("file, static", b"/static/style.css"),
    get("file, static, missing", b"/static/../app.py", gives=(404, 400)),
    get("file, range", b"/file", b"Range: bytes=100-20099", gives=(206, 200)),
    get("file, last bytes", b"/file", b"Range: bytes=-10", gives=(206, 200)),
    get("file, range beyond", b"/file", b"Range: bytes=999999-", gives=(416, 200)),
    get("file, two ranges", b"/file", b"Range: bytes=0-1,5-6", gives=(416, 200)),
    get("file, modified since", b"/static/style.css",
        b"If-Modified-Since: Sat, 01 Jan 2000 00:00:00 GMT"),
    get("file, not modified since", b"/static/style.css",
        b"If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT", gives=304),
    get("etag", b"/etag"),
    get("etag, not modified", b"/etag", b"If-None-Match: {etag}", gives=304),
    get("etag, another", b"/etag", b'If-None-Match: W/"x", "y"'),
    get("etag, precondition fails", b"/etag", b'If-Match: "x"', gives=412),
    # Headers.
    get("headers, large", b"/headers", *[b"X-Big-%d: " % n + b"x" * 7000 for n in range(8)],
        b"X-Latin: \xe9t\xe9"),
    get("headers, many", b"/environ", *[b"X-Number-%d: %d" % (n, n) for n in range(90)]),
    # A JSON API.
    get("api, list", b"/api/items", b"Accept: application/json"),
    send("api, create", b"POST", b"/api/items", '{"ä": [1, "\\u00e9"]}'.encode(), JSON, gives=201),
    send("api, no JSON", b"POST", b"/api/items", b"name=x", FORM, fails=True, gives=(415, 500)),
    send("api, replace", b"PUT", b"/api/items/7", b'{"a": null}', JSON),
    send("api, change", b"PATCH", b"/api/items/7", chunked(b'{"a"', b": 1}"), JSON, CHUNKED),
    Request("api, delete", b"DELETE /api/items/7 HTTP/1.1", gives=204),
    Request("api, OPTIONS", b"OPTIONS /api/items HTTP/1.1", (b"Origin: http://other.example",)),
    send("api, wrong method", b"POST", b"/api/items/7", b"{}", JSON, gives=405),
)

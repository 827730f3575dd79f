"""The requests of the differential test: by name, what is sent on one connection, and with which
methods, so that the answers can be read."""

from client import request


def one(data, method="GET"):
    return [(data, method)]


def head(*lines, body=b""):
    return one("\r\n".join([*lines, "", ""]).encode("latin-1") + body)


def posted(*headers, body=b""):
    lines = ["POST / HTTP/1.1", "Host: test", "Connection: close", *headers]
    return head(*lines, body=body)


def chunked(body):
    return posted("Transfer-Encoding: chunked", body=body)


KEPT = request("GET /", close=False)

# What a browser or curl could send.
GOOD = {
    "GET": one(request("GET /")),
    "HEAD": one(request("HEAD /"), "HEAD"),
    "OPTIONS": one(request("OPTIONS /")),
    "a query": one(request("GET /a?b=c&d=%20+%C3%A9")),
    "an escaped path": one(request("GET /caf%C3%A9/%2F/a+b")),
    "a path that is no UTF-8": one(request("GET /%ff")),
    "double slashes": one(request("GET //a//b/")),
    "headers sent twice": one(request("GET /", "X-A: 1", "x-a: 2")),
    "bytes in a header": one(request("GET /", "X-A: \xe9\xff")),
    "a cookie": one(request("GET /", "Cookie: a=1; b=2")),
    "POST": one(request("POST /", "Content-Type: a/b", "Content-Length: 5", body=b"a\r\nb\0")),
    "POST of nothing": one(request("POST /", "Content-Length: 0")),
    "POST in chunks": one(
        request("POST /", "Transfer-Encoding: chunked", body=b"3\r\nHel\r\n2\r\nlo\r\n0\r\n\r\n")
    ),
    "Expect": one(request("POST /", "Content-Length: 5", "Expect: 100-continue", body=b"Hello")),
    "HTTP/1.0": one(b"GET / HTTP/1.0\r\nHost: test\r\n\r\n"),
    "HTTP/1.0 without Host": one(b"GET / HTTP/1.0\r\n\r\n"),
    "an absolute target": one(request("GET http://other:81/a?b")),
    "keep-alive": [(KEPT, "GET"), (request("GET /second"), "GET")],
    "two at once": [(KEPT + request("GET /second"), "GET"), (b"", "GET")],
}

# What nobody should send, and somebody does. See the rules about odd requests.
ODD = {
    "no request line": one(b"garbage\r\n\r\n"),
    "HTTP/0.9": one(b"GET /\r\n\r\n"),
    "four parts": head("GET / HTTP/1.1 x", "Host: test"),
    "two spaces": head("GET  / HTTP/1.1", "Host: test", "Connection: close"),
    "a strange method": head("BREW / HTTP/1.1", "Host: test", "Connection: close"),
    "a method in small letters": head("get / HTTP/1.1", "Host: test", "Connection: close"),
    "a method that is no token": head("G(T / HTTP/1.1", "Host: test"),
    "no slash": head("GET index HTTP/1.1", "Host: test"),
    "a fragment": head("GET /a#b HTTP/1.1", "Host: test", "Connection: close"),
    "a star": head("OPTIONS * HTTP/1.1", "Host: test", "Connection: close"),
    "an escaped NUL": head("GET /a%00b HTTP/1.1", "Host: test", "Connection: close"),
    "raw bytes in the path": head("GET /\xc3\xa9 HTTP/1.1", "Host: test", "Connection: close"),
    "HTTP/1.2": head("GET / HTTP/1.2", "Host: test", "Connection: close"),
    "HTTP/2.0": head("GET / HTTP/2.0", "Host: test", "Connection: close"),
    "an empty line before": one(b"\r\n" + request("GET /")),
    "no Host": head("GET / HTTP/1.1", "Connection: close"),
    "two Hosts": head("GET / HTTP/1.1", "Host: a", "Host: b", "Connection: close"),
    "lines ended with LF": one(b"GET / HTTP/1.1\nHost: test\nConnection: close\n\n"),
    "a CR in a value": posted("X-A: a\rb"),
    "a NUL in a value": posted("X-A: a\0b"),
    "a folded value": posted("X-A: a\r\n b"),
    "no colon": posted("no colon"),
    "a space before the colon": posted("X-A : a"),
    "an underscore in a name": posted("X_A: a"),
    "Proxy": posted("Proxy: evil"),
    "two cookies": posted("Cookie: a=1", "Cookie: b=2"),
    "an empty header": posted("X-A:"),
    "two Content-Types": posted("Content-Type: a/b", "Content-Type: c/d"),
    "two lengths": posted("Content-Length: 1", "Content-Length: 2", body=b"ab"),
    "a length twice": posted("Content-Length: 2", "Content-Length: 2", body=b"ab"),
    "a length with a sign": posted("Content-Length: +2", body=b"ab"),
    "a length in words": posted("Content-Length: two", body=b"ab"),
    "a length and chunks": posted(
        "Content-Length: 2", "Transfer-Encoding: chunked", body=b"2\r\nab\r\n0\r\n\r\n"
    ),
    "chunks in HTTP/1.0": head(
        "POST / HTTP/1.0", "Transfer-Encoding: chunked", body=b"2\r\nab\r\n0\r\n\r\n"
    ),
    "chunked and then gzip": posted("Transfer-Encoding: chunked, gzip", body=b"0\r\n\r\n"),
    "gzip and then chunked": posted("Transfer-Encoding: gzip, chunked", body=b"0\r\n\r\n"),
    "a chunk with a sign": chunked(b"+2\r\nab\r\n0\r\n\r\n"),
    "a chunk longer than it says": chunked(b"2\r\nabc\r\n0\r\n\r\n"),
    "an extension of a chunk": chunked(b"2;a=b\r\nab\r\n0\r\n\r\n"),
    "a trailer": chunked(b"2\r\nab\r\n0\r\nX-A: 1\r\n\r\n"),
    "another expectation": posted("Expect: something"),
    "a line of 10,000 bytes": one(request("GET /" + "x" * 10000)),
    "110 headers": one(request("GET /", *["X-A: 1"] * 110)),
}

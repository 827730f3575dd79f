//! The request line: its method, target and version.

use super::{Row, check, refused};
use crate::support::Tutor;

#[test]
fn malformed_request_lines_are_refused() {
    const LINE: &str = "malformed-request-line";
    refused(&[
        Row(b"garbage\r\n\r\n", "400", LINE, "garbage"),
        Row(b"GET /\r\n\r\n", "400", LINE, "GET /"),
        Row(b"GET / HTTP/0.9\r\n\r\n", "400", "http-0.9", "HTTP/0.9"),
        // These clients say no more, and wait.
        Row(b"GET /\r\n", "400", LINE, "GET /"),
        Row(b"EHLO tutor\r\n", "400", LINE, "EHLO"),
        Row(
            b"GET / HTTP/1.1 x\r\nHost: t\r\n\r\n",
            "400",
            LINE,
            "HTTP/1.1 x",
        ),
        Row(b"GET  / HTTP/1.1\r\nHost: t\r\n\r\n", "400", LINE, "GET  /"),
        Row(
            b"GET /  HTTP/1.1\r\nHost: t\r\n\r\n",
            "400",
            LINE,
            "/  HTTP",
        ),
        Row(b" GET / HTTP/1.1\r\nHost: t\r\n\r\n", "400", LINE, " GET"),
        Row(
            b"GET / HTTP/1.1 \r\nHost: t\r\n\r\n",
            "400",
            LINE,
            "HTTP/1.1 ",
        ),
        Row(b"GET\t/ HTTP/1.1\r\nHost: t\r\n\r\n", "400", LINE, "GET"),
        Row(b"GET /\ta HTTP/1.1\r\nHost: t\r\n\r\n", "400", LINE, "GET"),
        Row(b"G(T / HTTP/1.1\r\nHost: t\r\n\r\n", "400", LINE, "G(T"),
        Row(
            b"G\xc3\x89T / HTTP/1.1\r\nHost: t\r\n\r\n",
            "400",
            LINE,
            "T /",
        ),
        Row(
            b"GET / http/1.1\r\nHost: t\r\n\r\n",
            "400",
            LINE,
            "http/1.1",
        ),
        Row(b"GET / HTTP/1\r\nHost: t\r\n\r\n", "400", LINE, "HTTP/1"),
        Row(
            b"GET / HTTP/1.10\r\nHost: t\r\n\r\n",
            "400",
            LINE,
            "HTTP/1.10",
        ),
        Row(
            b"GET / HTTP/2.0\r\nHost: t\r\n\r\n",
            "505",
            "http-version",
            "HTTP/2.0",
        ),
        Row(
            b"GET / HTTP/9.9\r\nHost: t\r\n\r\n",
            "505",
            "http-version",
            "HTTP/9.9",
        ),
        Row(
            b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            "505",
            "http-version",
            "PRI",
        ),
        Row(
            b"CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n",
            "501",
            "connect",
            "CONNECT",
        ),
    ]);
}

#[test]
fn malformed_targets_are_refused() {
    refused(&[
        Row(
            b"GET index HTTP/1.1\r\nHost: t\r\n\r\n",
            "400",
            "malformed-target",
            "index",
        ),
        Row(
            b"GET ?a HTTP/1.1\r\nHost: t\r\n\r\n",
            "400",
            "malformed-target",
            "?a",
        ),
        Row(
            b"GET ftp://h/ HTTP/1.1\r\nHost: t\r\n\r\n",
            "400",
            "malformed-target",
            "ftp",
        ),
        Row(
            b"GET http:///p HTTP/1.1\r\nHost: t\r\n\r\n",
            "400",
            "malformed-target",
            "http",
        ),
        Row(
            b"GET http://<script>alert(1)</x HTTP/1.1\r\nHost: t\r\n\r\n",
            "400",
            "malformed-target",
            "<script>",
        ),
        Row(
            b"GET http://u:p@t/x HTTP/1.1\r\nHost: t\r\n\r\n",
            "400",
            "malformed-target",
            "u:p@t",
        ),
        Row(
            b"GET http://[zz]/x HTTP/1.1\r\nHost: t\r\n\r\n",
            "400",
            "malformed-target",
            "[zz]",
        ),
        Row(
            b"GET http://\xf5/x HTTP/1.1\r\nHost: t\r\n\r\n",
            "400",
            "malformed-target",
            "http://",
        ),
        Row(
            b"GET http://:80/ HTTP/1.1\r\nHost: t\r\n\r\n",
            "400",
            "malformed-target",
            "http://:80",
        ),
        Row(
            b"GET * HTTP/1.1\r\nHost: t\r\n\r\n",
            "400",
            "malformed-target",
            "GET *",
        ),
        Row(
            b"GET /a#b HTTP/1.1\r\nHost: t\r\n\r\n",
            "400",
            "fragment",
            "#b",
        ),
        Row(
            b"GET /a%00b HTTP/1.1\r\nHost: t\r\n\r\n",
            "400",
            "nul-in-path",
            "%00",
        ),
    ]);
}

#[test]
fn a_client_that_speaks_https_is_told_so() {
    let tutor = Tutor::lesson(1).start();
    // The beginning of a hello is enough.
    for hello in [
        &b"\x16"[..],
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    ] {
        check(&tutor, hello, "400", "tls", "", "TLS");
    }
}

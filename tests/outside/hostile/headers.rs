//! Header lines that are malformed, or contradict each other.

use super::{Row, refused};

#[test]
fn odd_bytes_in_the_head_are_refused() {
    const CONTROL: &str = "control-character";
    refused(&[
        Row(
            b"GET / HTTP/1.1\nHost: t\n\n",
            "400",
            "bare-line-feed",
            "GET",
        ),
        Row(headed!("X: a\n"), "400", "bare-line-feed", "X: a"),
        Row(headed!("X: a\rb"), "400", "bare-carriage-return", "X: a"),
        Row(headed!("X: a\0b"), "400", CONTROL, "X: a"),
        Row(headed!("X: a\x1b[2Jb"), "400", CONTROL, "X: a"),
        Row(headed!("X: a\x7f"), "400", CONTROL, "X: a"),
        Row(
            b"GET /\0 HTTP/1.1\r\nHost: t\r\n\r\n",
            "400",
            CONTROL,
            "GET /",
        ),
        Row(headed!("X: a\r\n b"), "400", "folded-header", " b"),
        Row(headed!("X: a\r\n\tb"), "400", "folded-header", "b"),
        Row(
            headed!("no colon"),
            "400",
            "header-without-colon",
            "no colon",
        ),
        Row(
            headed!(": empty"),
            "400",
            "malformed-header-name",
            ": empty",
        ),
        Row(headed!("X : a"), "400", "space-before-colon", "X : a"),
        Row(headed!("X\t: a"), "400", "space-before-colon", "X"),
        Row(headed!("X Y: a"), "400", "malformed-header-name", "X Y"),
        Row(headed!("X(: a"), "400", "malformed-header-name", "X("),
        Row(headed!("\u{e9}: a"), "400", "malformed-header-name", ": a"),
        Row(
            b"\r\n\r\n\r\nGET / HTTP/1.1\r\nHost: t\r\n\r\n",
            "400",
            "malformed-request-line",
            "",
        ),
    ]);
}

#[test]
fn headers_that_contradict_each_other_are_refused() {
    refused(&[
        Row(
            b"GET / HTTP/1.1\r\n\r\n",
            "400",
            "no-host",
            "GET / HTTP/1.1",
        ),
        // Later versions of HTTP/1 are read as 1.1 is.
        Row(
            b"GET / HTTP/1.9\r\n\r\n",
            "400",
            "no-host",
            "GET / HTTP/1.9",
        ),
        Row(headed!("host: t"), "400", "two-hosts", "host: t"),
        Row(
            b"GET / HTTP/1.1\r\nHost: a b\r\n\r\n",
            "400",
            "malformed-host",
            "Host: a b",
        ),
        Row(
            b"GET / HTTP/1.1\r\nHost: a:b\r\n\r\n",
            "400",
            "malformed-host",
            "Host: a:b",
        ),
        Row(
            b"GET / HTTP/1.1\r\nHost: [::1\r\n\r\n",
            "400",
            "malformed-host",
            "Host: [::1",
        ),
        Row(
            b"GET / HTTP/1.1\r\nHost: [zz]\r\n\r\n",
            "400",
            "malformed-host",
            "Host: [zz]",
        ),
        Row(
            b"GET / HTTP/1.1\r\nHost: a%zz\r\n\r\n",
            "400",
            "malformed-host",
            "Host: a%zz",
        ),
        Row(
            headed!("Content-Type: a/b\r\nContent-Type: c/d"),
            "400",
            "two-content-types",
            "c/d",
        ),
        Row(
            headed!("Expect: something"),
            "417",
            "expectation",
            "something",
        ),
    ]);
}

//! Where the body ends: whatever two servers could read differently is refused.

use super::{Row, refused};

#[test]
fn doubtful_lengths_are_refused() {
    const LENGTH: &str = "malformed-content-length";
    refused(&[
        Row(
            headed!("Content-Length: 1\r\nContent-Length: 1"),
            "400",
            LENGTH,
            "1",
        ),
        Row(
            headed!("Content-Length: 1\r\nContent-Length: 2"),
            "400",
            LENGTH,
            "2",
        ),
        Row(headed!("Content-Length: 1, 1"), "400", LENGTH, "1, 1"),
        Row(headed!("Content-Length: +1"), "400", LENGTH, "+1"),
        Row(headed!("Content-Length: -1"), "400", LENGTH, "-1"),
        Row(headed!("Content-Length: 0x1"), "400", LENGTH, "0x1"),
        Row(headed!("Content-Length: 1_0"), "400", LENGTH, "1_0"),
        Row(headed!("Content-Length: 1 0"), "400", LENGTH, "1 0"),
        Row(headed!("Content-Length: ten"), "400", LENGTH, "ten"),
        Row(
            headed!("Content-Length: \u{b2}"),
            "400",
            LENGTH,
            "Content-Length",
        ),
        Row(headed!("Content-Length:"), "400", LENGTH, "Content-Length:"),
        Row(
            headed!("Content-Length: 16777217"),
            "413",
            "body-too-long",
            "16777217",
        ),
        // Nobody is asked to send what will be refused.
        Row(
            headed!("Expect: 100-continue\r\nContent-Length: 16777217"),
            "413",
            "body-too-long",
            "16777217",
        ),
        Row(
            headed!("Content-Length: 99999999999999999999999"),
            "413",
            "body-too-long",
            "999",
        ),
        Row(
            headed!("Content-Length: 1\r\nTransfer-Encoding: chunked"),
            "400",
            "two-lengths",
            "Content-Length",
        ),
        Row(
            b"POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n",
            "400",
            "chunked-in-http-1.0",
            "chunked",
        ),
        Row(
            headed!("Transfer-Encoding: chunked, gzip"),
            "400",
            "chunked-not-last",
            "gzip",
        ),
        Row(
            headed!("Transfer-Encoding: chunked, chunked"),
            "400",
            "chunked-not-last",
            "chunked",
        ),
        Row(
            headed!("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked"),
            "400",
            "two-transfer-encodings",
            "chunked",
        ),
        Row(
            headed!("Transfer-Encoding: gzip"),
            "501",
            "transfer-coding",
            "gzip",
        ),
        Row(
            headed!("Transfer-Encoding: gzip, chunked"),
            "501",
            "transfer-coding",
            "gzip",
        ),
        Row(
            headed!("Transfer-Encoding: xchunked"),
            "501",
            "transfer-coding",
            "xchunked",
        ),
    ]);
}

#[test]
fn malformed_chunks_are_refused() {
    const CHUNK: &str = "malformed-chunk";
    refused(&[
        Row(chunked!("+5\r\nHello\r\n0\r\n\r\n"), "400", CHUNK, "+5"),
        Row(chunked!("-5\r\nHello\r\n0\r\n\r\n"), "400", CHUNK, "-5"),
        Row(chunked!("0x5\r\nHello\r\n0\r\n\r\n"), "400", CHUNK, "0x5"),
        Row(chunked!("5_\r\nHello\r\n0\r\n\r\n"), "400", CHUNK, "5_"),
        Row(chunked!("five\r\nHello\r\n0\r\n\r\n"), "400", CHUNK, "five"),
        Row(chunked!("\r\nHello\r\n0\r\n\r\n"), "400", CHUNK, ""),
        Row(chunked!("ffffffffffffffffff\r\n"), "400", CHUNK, "ffff"),
        Row(chunked!("1000001\r\n"), "413", "body-too-long", "1000001"),
        Row(chunked!("5\nHello\r\n0\r\n\r\n"), "400", CHUNK, "5"),
        Row(chunked!("5\r\nHelloX\r\n0\r\n\r\n"), "400", CHUNK, "X"),
        Row(chunked!("5\r\nHello0\r\n\r\n"), "400", CHUNK, "0"),
    ]);
}

#[test]
fn malformed_extensions_are_refused() {
    const CHUNK: &str = "malformed-chunk";
    refused(&[
        Row(chunked!("5;a\0\r\nHello\r\n0\r\n\r\n"), "400", CHUNK, "5;a"),
        Row(
            chunked!("5;a\x01\r\nHello\r\n0\r\n\r\n"),
            "400",
            CHUNK,
            "5;a",
        ),
        Row(
            chunked!("5;\u{e9}\r\nHello\r\n0\r\n\r\n"),
            "400",
            CHUNK,
            "5;",
        ),
        Row(chunked!("5;=b\r\nHello\r\n0\r\n\r\n"), "400", CHUNK, "5;=b"),
        Row(chunked!("5;\r\nHello\r\n0\r\n\r\n"), "400", CHUNK, "5;"),
        Row(chunked!("5;a=\r\nHello\r\n0\r\n\r\n"), "400", CHUNK, "5;a="),
        Row(
            chunked!("5;a=\"b\r\nHello\r\n0\r\n\r\n"),
            "400",
            CHUNK,
            "5;a=",
        ),
        Row(
            chunked!("5;a\r;b\r\nHello\r\n0\r\n\r\n"),
            "400",
            CHUNK,
            "5;a",
        ),
        // The last chunk may have extensions as well.
        Row(chunked!("0;=\r\n\r\n"), "400", CHUNK, "0;="),
    ]);
}

#[test]
fn trailers_that_are_no_field_lines_are_refused() {
    refused(&[
        Row(
            chunked!("0\r\nT\r\n\r\n"),
            "400",
            "header-without-colon",
            "T",
        ),
        // A request that hides in the body of another one.
        Row(
            chunked!("0\r\nGET /x HTTP/1.1\r\nHost: t\r\n\r\n"),
            "400",
            "header-without-colon",
            "GET /x",
        ),
        Row(
            chunked!("0\r\nGET http://t/x HTTP/1.1\r\nHost: t\r\n\r\n"),
            "400",
            "malformed-header-name",
            "GET http",
        ),
        Row(
            chunked!("0\r\n: 1\r\n\r\n"),
            "400",
            "malformed-header-name",
            ": 1",
        ),
        Row(
            chunked!("0\r\nT : 1\r\n\r\n"),
            "400",
            "space-before-colon",
            "T : 1",
        ),
        Row(
            chunked!("0\r\nT: 1\r\n 2\r\n\r\n"),
            "400",
            "folded-header",
            " 2",
        ),
        Row(
            chunked!("0\r\nT: \0\r\n\r\n"),
            "400",
            "control-character",
            "T: ",
        ),
        Row(
            chunked!("0\r\n\x04T: 1\r\n\r\n"),
            "400",
            "control-character",
            "T: 1",
        ),
        Row(
            chunked!("0\r\nT: 1\r2\r\n\r\n"),
            "400",
            "bare-carriage-return",
            "T: 1",
        ),
        Row(chunked!("0\r\nT: 1\n\r\n"), "400", "bare-line-feed", "T: 1"),
    ]);
}

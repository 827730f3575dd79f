use proptest::prelude::*;
use rstest::rstest;

use super::{BodyLength, find_end, parse};
use crate::gateway::http::limits;

/// The head of a request, read as the server reads it when bytes come one at a time.
fn read(bytes: &[u8]) -> Result<super::Head, super::Refusal> {
    let mut scanned = 0;
    for end in 1..=bytes.len() {
        if let Some(length) = find_end(&bytes[..end], scanned)? {
            return parse(bytes[..length].to_vec());
        }
        scanned = end;
    }
    panic!("the head has no end: {}", bytes.escape_ascii());
}

#[rstest]
#[case("GET / HTTP/1.1\r\nHost: h\r\n\r\n", "GET", "/", "HTTP/1.1")]
#[case("\r\n\r\nGET / HTTP/1.0\r\n\r\n", "GET", "/", "HTTP/1.0")]
#[case("get /a?b=c HTTP/1.1\r\nHost: h\r\n\r\n", "get", "/a?b=c", "HTTP/1.1")]
#[case("BREW-1 / HTTP/1.7\r\nHost:\r\n\r\n", "BREW-1", "/", "HTTP/1.7")]
#[case("OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n", "OPTIONS", "*", "HTTP/1.1")]
#[case(
    "GET http://h/x HTTP/1.1\r\nHost: h\r\n\r\n",
    "GET",
    "http://h/x",
    "HTTP/1.1"
)]
fn reads(#[case] bytes: &str, #[case] method: &str, #[case] target: &str, #[case] version: &str) {
    let head = read(bytes.as_bytes()).unwrap();
    assert_eq!(head.part(&head.method), method.as_bytes());
    assert_eq!(head.part(&head.target), target.as_bytes());
    assert_eq!(head.part(&head.version), version.as_bytes());
}

#[test]
fn header_values_lose_the_white_space_around_them_and_nothing_else() {
    let head = read(b"GET / HTTP/1.1\r\nHost: h\r\nX:\t a  b\xe9 \r\nEmpty:\r\n\r\n").unwrap();
    let values: Vec<&[u8]> = head.headers.iter().map(|field| head.value(field)).collect();
    assert_eq!(values, [&b"h"[..], b"a  b\xe9", b""]);
}

#[rstest]
#[case("Content-Length: 0\r\n", BodyLength::Bytes(0))]
#[case("Content-Length: 0012\r\n", BodyLength::Bytes(12))]
#[case("Transfer-Encoding: Chunked\r\n", BodyLength::Chunked)]
#[case("", BodyLength::None)]
fn finds_the_body(#[case] line: &str, #[case] expected: BodyLength) {
    let head = read(format!("POST / HTTP/1.1\r\nHost: h\r\n{line}\r\n").as_bytes()).unwrap();
    assert_eq!(head.body, expected);
}

#[rstest]
#[case(b"\x16\x03\x01", 400, "tls")]
#[case(b"GET /\r\n\r\n", 400, "malformed-request-line")]
#[case(b"GET  / HTTP/1.1\r\n\r\n", 400, "malformed-request-line")]
#[case(b"GET / HTTP/1.1 x\r\n\r\n", 400, "malformed-request-line")]
#[case(b"GET / http/1.1\r\n\r\n", 400, "malformed-request-line")]
#[case(b"G@T / HTTP/1.1\r\n\r\n", 400, "malformed-request-line")]
#[case(b"GET / HTTP/0.9\r\n\r\n", 400, "http-0.9")]
#[case(b"GET / HTTP/2.0\r\n\r\n", 505, "http-version")]
#[case(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505, "http-version")]
#[case(b"GET / HTTP/9.9\r\n\r\n", 505, "http-version")]
#[case(b"CONNECT h:443 HTTP/1.1\r\nHost: h\r\n\r\n", 501, "connect")]
#[case(b"GET x HTTP/1.1\r\nHost: h\r\n\r\n", 400, "malformed-target")]
#[case(b"GET http:///x HTTP/1.1\r\nHost: h\r\n\r\n", 400, "malformed-target")]
#[case(
    b"GET http://:80/x HTTP/1.1\r\nHost: h\r\n\r\n",
    400,
    "malformed-target"
)]
#[case(
    b"GET http://u@h/x HTTP/1.1\r\nHost: h\r\n\r\n",
    400,
    "malformed-target"
)]
#[case(
    b"GET HTTPS://h:x HTTP/1.1\r\nHost: h\r\n\r\n",
    400,
    "malformed-target"
)]
#[case(
    b"GET http://h<b>?x HTTP/1.1\r\nHost: h\r\n\r\n",
    400,
    "malformed-target"
)]
#[case(b"GET * HTTP/1.1\r\nHost: h\r\n\r\n", 400, "malformed-target")]
#[case(b"options * HTTP/1.1\r\nHost: h\r\n\r\n", 400, "malformed-target")]
#[case(b"OPTIONS *x HTTP/1.1\r\nHost: h\r\n\r\n", 400, "malformed-target")]
#[case(b"GET / HTTP/1.1\r\nHost: a%zz\r\n\r\n", 400, "malformed-host")]
#[case(b"GET /#x HTTP/1.1\r\nHost: h\r\n\r\n", 400, "fragment")]
#[case(b"GET /a%00 HTTP/1.1\r\nHost: h\r\n\r\n", 400, "nul-in-path")]
#[case(b"GET / HTTP/1.1\n", 400, "bare-line-feed")]
#[case(b"\n", 400, "bare-line-feed")]
#[case(b"GET / HTTP/1.1\rX", 400, "bare-carriage-return")]
#[case(
    b"GET / HTTP/1.1\r\nHost: h\r\nX: a\x00b\r\n\r\n",
    400,
    "control-character"
)]
#[case(b"GET / HTTP/1.1\r\nHost: h\r\n folded\r\n\r\n", 400, "folded-header")]
#[case(
    b"GET / HTTP/1.1\r\nHost: h\r\nnocolon\r\n\r\n",
    400,
    "header-without-colon"
)]
#[case(
    b"GET / HTTP/1.1\r\nHost: h\r\n: x\r\n\r\n",
    400,
    "malformed-header-name"
)]
#[case(b"GET / HTTP/1.1\r\nHost : h\r\n\r\n", 400, "space-before-colon")]
#[case(
    b"GET / HTTP/1.1\r\nHost: h\r\nX(y): 1\r\n\r\n",
    400,
    "malformed-header-name"
)]
#[case(b"GET / HTTP/1.1\r\n\r\n", 400, "no-host")]
#[case(b"GET / HTTP/1.1\r\nHost: h\r\nHost: h\r\n\r\n", 400, "two-hosts")]
#[case(
    b"\r\n\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n",
    400,
    "malformed-request-line"
)]
fn refuses(#[case] bytes: &[u8], #[case] status: u16, #[case] reason: &str) {
    let refusal = read(bytes).unwrap_err();
    assert_eq!((refusal.status, refusal.reason), (status, reason));
    assert!(!refusal.detail.is_empty());
}

#[rstest]
#[case("Content-Length: 1\r\nContent-Length: 1\r\n", 400)]
#[case("Content-Length: 1, 1\r\n", 400)]
#[case("Content-Length: +1\r\n", 400)]
#[case("Content-Length: 0x1\r\n", 400)]
#[case("Content-Length: 1_0\r\n", 400)]
#[case("Content-Length: ten\r\n", 400)]
#[case("Content-Length:\r\n", 400)]
#[case("Content-Length: 16777217\r\n", 413)]
#[case("Content-Length: 99999999999999999999999999\r\n", 413)]
#[case("Content-Length: 1\r\nTransfer-Encoding: chunked\r\n", 400)]
#[case("Transfer-Encoding: chunked, gzip\r\n", 400)]
#[case("Transfer-Encoding: chunked, chunked\r\n", 400)]
#[case("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", 400)]
#[case("Transfer-Encoding: gzip\r\n", 501)]
#[case("Transfer-Encoding: gzip, chunked\r\n", 501)]
#[case("Content-Type: a/b\r\nContent-Type: c/d\r\n", 400)]
#[case("Expect: a-pony\r\n", 417)]
fn refuses_the_body(#[case] lines: &str, #[case] status: u16) {
    let bytes = format!("POST / HTTP/1.1\r\nHost: h\r\n{lines}\r\n");
    assert_eq!(read(bytes.as_bytes()).unwrap_err().status, status);
}

#[test]
fn http_1_0_knows_no_transfer_encoding() {
    let refusal = read(b"POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n").unwrap_err();
    assert_eq!(refusal.reason, "chunked-in-http-1.0");
}

#[test]
fn limits_are_kept_while_the_head_is_still_coming() {
    let line = format!("GET /{}", "a".repeat(limits::REQUEST_LINE));
    assert_eq!(find_end(line.as_bytes(), 0).unwrap_err().status, 414);
    let around = limits::REQUEST_LINE - "GET / HTTP/1.1".len();
    for (length, fits) in [(around, true), (around + 1, false)] {
        let path = "a".repeat(length);
        let head = format!("GET /{path} HTTP/1.1\r\nHost: h\r\n\r\n");
        assert_eq!(read(head.as_bytes()).is_ok(), fits, "{length}");
    }
    let head = format!("GET / HTTP/1.1\r\nX: {}", "a".repeat(limits::HEAD));
    assert_eq!(find_end(head.as_bytes(), 0).unwrap_err().status, 431);
    let many = format!(
        "GET / HTTP/1.1\r\nHost: h\r\n{}\r\n",
        "X: 1\r\n".repeat(limits::HEADERS)
    );
    assert_eq!(
        read(many.as_bytes()).unwrap_err().reason,
        "too-many-headers"
    );
}

#[rstest]
#[case("HTTP/1.1", "", true)]
#[case("HTTP/1.1", "Connection: Close\r\n", false)]
#[case("HTTP/1.1", "Connection: upgrade, close\r\n", false)]
#[case("HTTP/1.0", "Connection: keep-alive\r\n", false)]
fn keep_alive(#[case] version: &str, #[case] line: &str, #[case] expected: bool) {
    let head = read(format!("GET / {version}\r\nHost: h\r\n{line}\r\n").as_bytes()).unwrap();
    assert_eq!(head.wants_keep_alive(), expected);
}

/// Bytes that look like requests often enough to get far into the parser.
fn almost_a_head() -> impl Strategy<Value = Vec<u8>> {
    let part = prop_oneof![
        Just(b"GET / HTTP/1.1\r\n".to_vec()),
        Just(b"Host: h\r\n".to_vec()),
        Just(b"Content-Length: 5\r\n".to_vec()),
        Just(b"Transfer-Encoding: chunked\r\n".to_vec()),
        Just(b"\r\n".to_vec()),
        "[ -~]{0,9}".prop_map(String::into_bytes),
        proptest::collection::vec(any::<u8>(), 0..6),
    ];
    proptest::collection::vec(part, 0..9).prop_map(|parts| parts.concat())
}

/// What becomes of bytes that come in pieces of this size.
fn read_in_pieces(bytes: &[u8], size: usize) -> Option<Result<super::Head, super::Refusal>> {
    let mut scanned = 0;
    for end in (size..bytes.len()).step_by(size).chain([bytes.len()]) {
        match find_end(&bytes[..end], scanned) {
            Ok(Some(length)) => return Some(parse(bytes[..length].to_vec())),
            Ok(None) => scanned = end,
            Err(refusal) => return Some(Err(refusal)),
        }
    }
    None
}

proptest! {
    /// Neither a panic nor an answer that depends on how the network cut the bytes.
    #[test]
    fn any_bytes_are_read_or_refused_the_same_way_in_any_pieces(
        bytes in almost_a_head(),
        size in 1_usize..20,
    ) {
        let verdict = |result: Option<Result<super::Head, super::Refusal>>| {
            result.map(|result| result.map_err(|refusal| refusal.reason))
        };
        let whole = verdict(read_in_pieces(&bytes, bytes.len().max(1)));
        prop_assert_eq!(verdict(read_in_pieces(&bytes, size)), whole);
    }

    /// Each part of a head that was read lies within it.
    #[test]
    fn a_head_that_was_read_can_be_taken_apart(bytes in almost_a_head()) {
        if let Some(Ok(head)) = read_in_pieces(&bytes, 7) {
            prop_assert!(!head.part(&head.target).is_empty());
            for field in &head.headers {
                prop_assert!(!head.name(field).is_empty());
                prop_assert!(!head.value(field).contains(&b'\n'));
            }
        }
    }
}

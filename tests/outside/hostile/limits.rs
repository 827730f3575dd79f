//! What is too long, and what is just short enough.

use super::check;
use crate::support::{Tutor, get};

/// Chunks of 1 MiB each.
fn chunks(count: usize) -> String {
    format!("100000\r\n{}\r\n", "x".repeat(1 << 20)).repeat(count)
}

#[test]
fn what_is_too_long_is_refused() {
    let tutor = Tutor::lesson(1).start();
    let long = |times| "x".repeat(times);
    let host = "HTTP/1.1\r\nHost: t\r\n";
    let chunked = format!("POST / {host}Transfer-Encoding: chunked\r\n\r\n");
    for (request, status, reason) in [
        (
            get(&format!("/{}", long(8 * 1024))),
            "414",
            "request-line-too-long",
        ),
        (
            format!("GET /{}", long(16 * 1024)),
            "414",
            "request-line-too-long",
        ),
        (
            format!("GET / {host}X: {}\r\n\r\n", long(64 * 1024)),
            "431",
            "head-too-long",
        ),
        (
            format!("GET / {host}X: {}", long(70 * 1024)),
            "431",
            "head-too-long",
        ),
        (
            format!("GET / {host}{}\r\n", "X: 1\r\n".repeat(100)),
            "431",
            "too-many-headers",
        ),
        (
            format!("{chunked}5;{}", long(8 * 1024)),
            "400",
            "malformed-chunk",
        ),
        (
            format!("{chunked}0\r\n{}", "T: 1\r\n".repeat(16 * 1024)),
            "400",
            "malformed-chunk",
        ),
        (
            format!("{chunked}{}1\r\n", chunks(16)),
            "413",
            "body-too-long",
        ),
    ] {
        check(
            &tutor,
            request.as_bytes(),
            status,
            reason,
            "",
            &request[..request.len().min(80)],
        );
    }
}

#[test]
fn what_is_just_short_enough_is_served() {
    let tutor = Tutor::lesson(1).start();
    let head = "GET / HTTP/1.1\r\nHost: t\r\nConnection: close\r\n";
    let body = 16 << 20;
    for request in [
        get(&format!("/{}", "x".repeat(8 * 1024 - 40))),
        format!("{head}X: {}\r\n\r\n", "x".repeat(64 * 1024 - 100)),
        format!("{head}{}\r\n", "X: 1\r\n".repeat(98)),
        format!("\r\n\r\n{head}\r\n"),
        format!("{head}Content-Type: a/b\r\ncontent-type: a/b\r\n\r\n"),
        format!("{head}Content-Length: {body}\r\n\r\n{}", "x".repeat(body)),
        format!(
            "{head}Transfer-Encoding: chunked\r\n\r\n{}0\r\n\r\n",
            chunks(16)
        ),
        format!(
            "{head}Transfer-Encoding: chunked\r\n\r\n5;{}\r\nHello\r\n0\r\n{}\r\n",
            "x".repeat(4 * 1024 - 4),
            "T: 1\r\n".repeat(8 * 1024)
        ),
    ] {
        assert_eq!(tutor.ask(&request).status, "200 OK", "{}", &request[..40]);
    }
    for minor in 2..=9 {
        let request = format!("GET / HTTP/1.{minor}\r\nHost: t\r\nConnection: close\r\n\r\n");
        assert_eq!(tutor.ask(request).status, "200 OK");
    }
    for method in ["get", "BREW", "!#$%&'*+-.^_`|~"] {
        let request = format!("{method} / HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n");
        assert_eq!(tutor.ask(request).status, "200 OK", "{method}");
    }
}

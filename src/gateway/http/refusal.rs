//! Why a request is refused, and the response that says so.

use std::time::SystemTime;

use super::SERVER_SOFTWARE;
use crate::exchange::{Excerpt, Refused};

/// How many of the offending bytes are recorded.
const MAX_BYTES: usize = 200;

/// Why a request is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    pub status: u16,
    /// A stable name, such as `bare-line-feed`.
    pub reason: &'static str,
    /// A sentence for a learner.
    pub detail: String,
    /// The offending bytes of the request.
    pub bytes: Vec<u8>,
}

impl Refusal {
    pub fn new(status: u16, reason: &'static str, detail: &str, bytes: &[u8]) -> Self {
        Self {
            status,
            reason,
            detail: detail.to_owned(),
            bytes: bytes.to_vec(),
        }
    }

    /// 400 Bad Request.
    pub fn bad(reason: &'static str, detail: &str, bytes: &[u8]) -> Self {
        Self::new(400, reason, detail, bytes)
    }

    pub fn into_event(self) -> Refused {
        Refused {
            status: self.status,
            reason: self.reason.to_owned(),
            detail: self.detail,
            bytes: Excerpt::new(&self.bytes, MAX_BYTES),
        }
    }

    /// The whole response: a plain text page that says why. It closes the connection.
    pub fn response(&self, now: SystemTime) -> Vec<u8> {
        let page = format!("{} {}\n\n{}\n", self.status, self.phrase(), self.detail);
        format!(
            "HTTP/1.1 {} {}\r\nDate: {}\r\nServer: {}\r\nContent-Type: text/plain; charset=utf-8\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n{page}",
            self.status,
            self.phrase(),
            httpdate::fmt_http_date(now),
            SERVER_SOFTWARE,
            page.len()
        )
        .into_bytes()
    }

    /// The reason phrases of RFC 9110, section 15, and RFC 6585.
    fn phrase(&self) -> &'static str {
        match self.status {
            404 => "Not Found",
            408 => "Request Timeout",
            413 => "Content Too Large",
            414 => "URI Too Long",
            417 => "Expectation Failed",
            431 => "Request Header Fields Too Large",
            501 => "Not Implemented",
            503 => "Service Unavailable",
            505 => "HTTP Version Not Supported",
            _ => "Bad Request",
        }
    }
}

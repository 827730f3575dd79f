//! A request that is not passed on, and why.

use crate::exchange::{Excerpt, Refused};

/// How many of the offending bytes are shown.
const SHOWN: usize = 200;

/// Why a request is refused: the status, a stable name, a sentence for a learner, the bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    pub status: u16,
    pub reason: &'static str,
    pub detail: String,
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
            bytes: Excerpt::new(&self.bytes, SHOWN),
        }
    }

    /// The whole answer: a plain text page that says why, and the end of the connection.
    pub fn answer(&self) -> Vec<u8> {
        let page = format!("{} {}\n\n{}\n", self.status, self.phrase(), self.detail);
        format!(
            "HTTP/1.1 {} {}\r\nDate: {}\r\nServer: {}\r\nContent-Type: text/plain; charset=utf-8\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n{page}",
            self.status,
            self.phrase(),
            httpdate::fmt_http_date(std::time::SystemTime::now()),
            crate::gateway::SERVER,
            page.len()
        )
        .into_bytes()
    }

    /// The reason phrases of RFC 9110, section 15, and RFC 6585.
    fn phrase(&self) -> &'static str {
        match self.status {
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

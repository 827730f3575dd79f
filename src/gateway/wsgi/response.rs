//! A response as bytes: when its head and blocks are sent, and how its end is marked. Pure.
//!
//! PEP 3333 ("The `start_response()` Callable", "Handling the Content-Length Header") and RFC 9112,
//! section 6. The application's status and headers go out as it gave them, in its order.

use crate::exchange::{By, Shared, StartResponse, header};
use crate::gateway::http::SERVER_SOFTWARE;
use crate::gateway::http::head::Head;

/// What the framing of a response depends on in its request.
#[derive(Debug, Clone, Copy)]
pub struct RequestTraits {
    pub is_head: bool,
    pub http_1_0: bool,
    /// Whether the connection may stay open afterwards.
    pub keep_alive: bool,
}

impl RequestTraits {
    pub fn of(head: &Head) -> Self {
        Self {
            is_head: head.part(&head.method) == b"HEAD",
            http_1_0: head.is_http_1_0(),
            keep_alive: head.wants_keep_alive(),
        }
    }
}

/// A response: status and headers are stored first, and sent with the first block.
#[derive(Debug)]
pub struct Response {
    request: RequestTraits,
    stored: Option<Shared<StartResponse>>,
    framing: Option<Framing>,
    broken: bool,
}

/// How the client finds the end of the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Framing {
    /// There is no body.
    Empty,
    /// Content-Length; that many bytes are still to come.
    Length(u64),
    Chunked,
    /// The end of the connection.
    Close,
}

/// Status and headers, ready to leave.
#[derive(Debug, PartialEq, Eq)]
pub struct ResponseHead {
    pub bytes: Vec<u8>,
    pub status: String,
    pub headers: Vec<(String, String)>,
}

/// What to send of a block.
#[derive(Debug, PartialEq, Eq)]
pub struct Part {
    pub before: Vec<u8>,
    /// How many of the block's bytes, from its beginning.
    pub send: u64,
    pub after: &'static [u8],
    /// False when the block, or part of it, cannot be sent, and so nothing after it.
    pub goes_on: bool,
}

impl Response {
    pub fn new(request: RequestTraits) -> Self {
        Self {
            request,
            stored: None,
            framing: None,
            broken: false,
        }
    }

    /// Stores what `start_response` was called with; nothing leaves yet.
    pub fn start(&mut self, started: Shared<StartResponse>) {
        self.stored = Some(started);
    }

    pub fn is_started(&self) -> bool {
        self.stored.is_some() || self.is_sent()
    }

    pub fn is_sent(&self) -> bool {
        self.framing.is_some()
    }

    /// Status and headers, before the first block. `whole` is the body's length in bytes where it
    /// is known already. `date` is the present time as RFC 9110, section 5.6.7, writes it.
    pub fn head(&mut self, whole: Option<u64>, date: &str) -> ResponseHead {
        let started = self.stored.take().unwrap_or_else(|| {
            StartResponse {
                status: "500 Internal Server Error".to_owned(),
                headers: Vec::new(),
                exc_info: false,
                mounted: None,
                library: None,
                by: By::default(),
            }
            .into()
        });
        let code = started.status.get(..3).unwrap_or_default();
        let interim = code.starts_with('1');
        let no_length = code == "204" || interim;
        // Clients wait for a final answer after an interim one, and this application has none.
        self.request.keep_alive &= !interim;
        let mut headers = started.headers.clone();
        if no_length {
            headers.retain(|(name, _)| !name.eq_ignore_ascii_case("content-length"));
        }
        let given = header(&headers, "content-length").and_then(|value| value.parse().ok());
        let framing = self.framing(no_length || code == "304", given, whole);
        // A HEAD has the length its GET would have, where that is known.
        let length = match framing {
            Framing::Length(length) => Some(length),
            Framing::Empty if !no_length => whole.filter(|&length| length > 0),
            _ => None,
        };
        if let (None, Some(length)) = (given, length) {
            headers.push(("Content-Length".to_owned(), length.to_string()));
        }
        if framing == Framing::Chunked {
            headers.push(("Transfer-Encoding".to_owned(), "chunked".to_owned()));
        }
        if !self.request.keep_alive || framing == Framing::Close {
            headers.push(("Connection".to_owned(), "close".to_owned()));
        }
        for (name, value) in [("Date", date), ("Server", SERVER_SOFTWARE)] {
            if header(&headers, name).is_none() {
                headers.push((name.to_owned(), value.to_owned()));
            }
        }
        self.framing = Some(framing);
        ResponseHead {
            bytes: head_bytes(&started.status, &headers),
            status: started.status.clone(),
            headers,
        }
    }

    fn framing(&self, no_body: bool, given: Option<u64>, whole: Option<u64>) -> Framing {
        if no_body || self.request.is_head {
            Framing::Empty
        } else if let Some(length) = given.or(whole) {
            Framing::Length(length)
        } else if self.request.http_1_0 {
            Framing::Close
        } else {
            Framing::Chunked
        }
    }

    /// What to send of a block of this many bytes, once status and headers have left.
    pub fn block(&mut self, length: u64) -> Part {
        let whole = Part {
            before: Vec::new(),
            send: length,
            after: b"",
            goes_on: true,
        };
        match &mut self.framing {
            Some(Framing::Length(left)) => {
                let send = length.min(*left);
                *left -= send;
                Part {
                    send,
                    goes_on: send == length,
                    ..whole
                }
            }
            Some(Framing::Chunked) => Part {
                before: format!("{length:x}\r\n").into_bytes(),
                after: b"\r\n",
                ..whole
            },
            Some(Framing::Close) => whole,
            // Nothing of it may be sent, so nothing more is asked for: the body may have no end.
            Some(Framing::Empty) | None => Part {
                send: 0,
                goes_on: false,
                ..whole
            },
        }
    }

    /// Whether the client gets a body, however long.
    pub fn has_body(&self) -> bool {
        self.framing != Some(Framing::Empty)
    }

    /// The body ended before its time: the client must be able to tell.
    pub fn cut(&mut self) {
        self.broken = true;
    }

    /// What marks the end of a complete body.
    pub fn end(&self) -> &'static [u8] {
        match self.framing {
            Some(Framing::Chunked) if !self.broken => b"0\r\n\r\n",
            _ => b"",
        }
    }

    /// Whether the connection can serve another request.
    pub fn keeps_connection(&self) -> bool {
        let complete = match self.framing {
            Some(Framing::Length(left)) => left == 0,
            Some(Framing::Chunked | Framing::Empty) => true,
            Some(Framing::Close) | None => false,
        };
        complete && self.request.keep_alive && !self.broken
    }
}

/// Latin-1 characters become the bytes with the same numbers; the application can give no others.
fn head_bytes(status: &str, headers: &[(String, String)]) -> Vec<u8> {
    let mut text = format!("HTTP/1.1 {status}\r\n");
    for (name, value) in headers {
        text.push_str(name);
        text.push_str(": ");
        text.push_str(value);
        text.push_str("\r\n");
    }
    text.push_str("\r\n");
    text.chars()
        .map(|character| u8::try_from(u32::from(character)).unwrap_or(b'?'))
        .collect()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{RequestTraits, Response};
    use crate::exchange::{By, StartResponse};

    const GET: RequestTraits = RequestTraits {
        is_head: false,
        http_1_0: false,
        keep_alive: true,
    };

    /// The bytes of a response made of these blocks, and whether the connection stays.
    fn respond(
        request: RequestTraits,
        status: &str,
        headers: &[(&str, &str)],
        blocks: &[&str],
        listed: bool,
    ) -> (String, bool) {
        let mut response = Response::new(request);
        response.start(
            StartResponse {
                status: status.into(),
                headers: headers
                    .iter()
                    .map(|&(name, value)| (name.into(), value.into()))
                    .collect(),
                exc_info: false,
                mounted: None,
                library: None,
                by: By::default(),
            }
            .into(),
        );
        let whole = match blocks {
            [] => Some(0),
            [block] if listed => Some(block.len() as u64),
            _ => None,
        };
        let mut out = response.head(whole, "now").bytes;
        for block in blocks {
            let part = response.block(block.len() as u64);
            out.extend(part.before);
            out.extend(&block.as_bytes()[..usize::try_from(part.send).unwrap()]);
            out.extend(part.after);
        }
        out.extend(response.end());
        let text = String::from_utf8(out).unwrap();
        let text = text.replace(
            &format!("Date: now\r\nServer: {}\r\n", super::SERVER_SOFTWARE),
            "",
        );
        (text, response.keeps_connection())
    }

    #[rstest]
    #[case(&["Hello"], true, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nHello")]
    #[case(&["Hello"], false, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nHello\r\n0\r\n\r\n")]
    #[case(&["a", "bc"], true, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n2\r\nbc\r\n0\r\n\r\n")]
    #[case(&[], true, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")]
    fn framing(#[case] blocks: &[&str], #[case] listed: bool, #[case] expected: &str) {
        let (bytes, keeps) = respond(GET, "200 OK", &[], blocks, listed);
        assert_eq!(bytes, expected);
        assert!(keeps);
    }

    #[test]
    fn headers_go_out_as_they_were_given() {
        let headers = [
            ("set-COOKIE", "a=1"),
            ("X", "\u{e9}"),
            ("set-COOKIE", "b=2"),
        ];
        let mut response = Response::new(GET);
        response.start(
            StartResponse {
                status: "299 My Own".into(),
                headers: headers
                    .map(|(name, value)| (name.into(), value.into()))
                    .into(),
                exc_info: false,
                mounted: None,
                library: None,
                by: By::default(),
            }
            .into(),
        );
        let bytes = response.head(Some(1), "now").bytes;
        assert!(bytes.starts_with(
            b"HTTP/1.1 299 My Own\r\nset-COOKIE: a=1\r\nX: \xe9\r\nset-COOKIE: b=2\r\n"
        ));
    }

    #[test]
    fn more_than_content_length_is_cut() {
        let (bytes, keeps) = respond(
            GET,
            "200 OK",
            &[("Content-Length", "3")],
            &["ab", "cd", "ef"],
            true,
        );
        assert_eq!(bytes, "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc");
        assert!(keeps);
    }

    #[test]
    fn less_than_content_length_closes_the_connection() {
        let (_, keeps) = respond(GET, "200 OK", &[("Content-Length", "9")], &["ab"], true);
        assert!(!keeps);
    }

    #[rstest]
    #[case("204 No Content", "HTTP/1.1 204 No Content\r\n\r\n")]
    #[case(
        "304 Not Modified",
        "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n"
    )]
    fn some_answers_have_no_body(#[case] status: &str, #[case] expected: &str) {
        let (bytes, keeps) = respond(GET, status, &[("Content-Length", "5")], &["Hello"], true);
        assert_eq!(bytes, expected);
        assert!(keeps);
    }

    #[test]
    fn head_has_the_headers_of_get_and_no_body() {
        let asked = RequestTraits {
            is_head: true,
            ..GET
        };
        let (bytes, keeps) = respond(asked, "200 OK", &[], &["Hello"], true);
        assert_eq!(bytes, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n");
        assert!(keeps);
    }

    #[test]
    fn nothing_follows_an_interim_status_so_the_connection_ends() {
        let (bytes, keeps) = respond(GET, "100 Continue", &[], &[], true);
        assert_eq!(bytes, "HTTP/1.1 100 Continue\r\nConnection: close\r\n\r\n");
        assert!(!keeps);
    }

    #[test]
    fn http_1_0_gets_no_chunks() {
        let asked = RequestTraits {
            http_1_0: true,
            keep_alive: false,
            ..GET
        };
        let (bytes, keeps) = respond(asked, "200 OK", &[], &["a", "b"], true);
        assert_eq!(bytes, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nab");
        assert!(!keeps);
    }

    #[test]
    fn a_cut_body_has_no_last_chunk() {
        let mut response = Response::new(GET);
        response.head(None, "now");
        response.cut();
        assert_eq!(response.end(), b"");
        assert!(!response.keeps_connection());
    }
}

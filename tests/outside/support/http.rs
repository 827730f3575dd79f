//! A client that sends bytes as they are given, and reads answers strictly.

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpStream};

use super::PATIENCE;

/// A GET after which the server closes the connection.
pub fn get(target: &str) -> String {
    format!("GET {target} HTTP/1.1\r\nHost: tutor\r\nConnection: close\r\n\r\n")
}

/// A POST of a form after which the server closes the connection.
pub fn post(target: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let head = format!(
        "POST {target} HTTP/1.1\r\nHost: tutor\r\nConnection: close\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

/// One connection.
pub struct Client {
    stream: TcpStream,
    /// The beginning of what was sent last, to name it when a test fails.
    sent: String,
    /// Bytes that came and belong to no answer read so far.
    buffer: Vec<u8>,
}

impl Client {
    pub fn connect(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).expect("the server accepts");
        stream
            .set_read_timeout(Some(PATIENCE))
            .expect("a deadline can be set");
        Self {
            stream,
            sent: String::new(),
            buffer: Vec::new(),
        }
    }

    pub fn send(&mut self, bytes: impl AsRef<[u8]>) -> &mut Self {
        let bytes = bytes.as_ref();
        self.sent = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]).into_owned();
        self.stream
            .write_all(bytes)
            .expect("the server takes the request");
        self
    }

    /// Says that nothing more will be sent; answers can still be read.
    pub fn finish(&mut self) -> &mut Self {
        self.stream
            .shutdown(Shutdown::Write)
            .expect("the connection is open");
        self
    }

    /// Waits for the first bytes of an answer and leaves without reading them, which resets the
    /// connection.
    pub fn reset(self) {
        let came = self.stream.peek(&mut [0]).expect("an answer comes");
        assert_eq!(came, 1, "the connection ended after {:?}", self.sent);
    }

    /// Reads until these bytes have come; returns everything up to their end.
    pub fn until(&mut self, wanted: &[u8]) -> Vec<u8> {
        loop {
            if let Some(at) = find(&self.buffer, wanted) {
                let rest = self.buffer.split_off(at + wanted.len());
                return std::mem::replace(&mut self.buffer, rest);
            }
            assert!(
                self.more() > 0,
                "the connection ended before {:?} came; there is {:?}",
                String::from_utf8_lossy(wanted),
                String::from_utf8_lossy(&self.buffer)
            );
        }
    }

    /// One answer with a Content-Length, on a connection that stays open.
    pub fn answer(&mut self) -> Answer {
        let mut bytes = self.until(b"\r\n\r\n");
        let head = Answer::read(&bytes, true);
        let length = head
            .header("Content-Length")
            .and_then(|length| length.parse().ok())
            .expect("the answer has a Content-Length");
        while self.buffer.len() < length {
            assert!(self.more() > 0, "the connection ended within the body");
        }
        let rest = self.buffer.split_off(length);
        bytes.append(&mut self.buffer);
        self.buffer = rest;
        Answer::read(&bytes, false)
    }

    /// Everything up to the end of the connection.
    pub fn rest(&mut self) -> Vec<u8> {
        while self.more() > 0 {}
        std::mem::take(&mut self.buffer)
    }

    /// The same, or `None` when the server broke the connection off.
    pub fn rest_unless_reset(mut self) -> Option<Vec<u8>> {
        match self.stream.read_to_end(&mut self.buffer) {
            Ok(_) => Some(self.buffer).filter(|bytes| !bytes.is_empty()),
            Err(_) => None,
        }
    }

    /// Whether the connection is open and nothing came on it.
    pub fn is_waiting(&mut self) -> bool {
        self.stream
            .set_nonblocking(true)
            .expect("the stream can be asked");
        let result = self.stream.read(&mut [0]);
        self.stream
            .set_nonblocking(false)
            .expect("the stream can be asked");
        matches!(result, Err(error) if error.kind() == ErrorKind::WouldBlock)
    }

    fn more(&mut self) -> usize {
        let mut bytes = [0; 16 * 1024];
        let got = match self.stream.read(&mut bytes) {
            Ok(got) => got,
            Err(error) => panic!("no answer and no close after {:?}: {error}", self.sent),
        };
        self.buffer.extend_from_slice(&bytes[..got]);
        got
    }
}

/// An answer, taken apart.
#[derive(Debug)]
pub struct Answer {
    /// `200 OK`.
    pub status: String,
    pub headers: Vec<(String, String)>,
    /// Without the chunked coding.
    pub body: Vec<u8>,
    /// Whether the framing says that the body is complete.
    pub whole: bool,
    /// The bytes as they came.
    pub raw: Vec<u8>,
}

impl Answer {
    /// Takes apart the bytes of one answer, which ended with the connection.
    pub fn read(raw: &[u8], is_head: bool) -> Self {
        let end = find(raw, b"\r\n\r\n")
            .unwrap_or_else(|| panic!("no head in {:?}", String::from_utf8_lossy(raw)));
        let head: String = raw[..end].iter().map(|&byte| char::from(byte)).collect();
        let mut lines = head.split("\r\n");
        let status = lines
            .next()
            .and_then(|line| line.strip_prefix("HTTP/1.1 "))
            .expect("the answer begins with HTTP/1.1");
        let headers = lines
            .map(|line| line.split_once(": ").expect("a header has a colon"))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        let mut answer = Self {
            status: status.to_owned(),
            headers,
            body: raw[end + 4..].to_vec(),
            whole: true,
            raw: raw.to_vec(),
        };
        if answer.header("Transfer-Encoding") == Some("chunked") {
            (answer.body, answer.whole) = unchunked(&answer.body);
        } else if let Some(length) = answer.header("Content-Length").filter(|_| !is_head) {
            answer.whole = length.parse() == Ok(answer.body.len());
        }
        answer
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.all(name).first().copied()
    }

    /// The values of all headers of this name.
    pub fn all(&self, name: &str) -> Vec<&str> {
        self.headers
            .iter()
            .filter(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
            .collect()
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).expect("the body is UTF-8")
    }
}

/// The data of chunks, and whether the last chunk came and nothing after it.
fn unchunked(mut bytes: &[u8]) -> (Vec<u8>, bool) {
    let mut data = Vec::new();
    loop {
        let Some(line) = find(bytes, b"\r\n") else {
            return (data, false);
        };
        let size = std::str::from_utf8(&bytes[..line]).expect("a chunk's size is ASCII");
        let size = usize::from_str_radix(size, 16).expect("a chunk's size is hexadecimal");
        if size == 0 {
            return (data, &bytes[line..] == b"\r\n\r\n");
        }
        let chunk = &bytes[line + 2..];
        if chunk.len() < size + 2 {
            return (data, false);
        }
        data.extend_from_slice(&chunk[..size]);
        assert_eq!(&chunk[size..size + 2], b"\r\n", "a chunk ends with CR LF");
        bytes = &chunk[size + 2..];
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes
        .windows(wanted.len())
        .position(|window| window == wanted)
}

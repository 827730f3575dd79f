//! The head of a request: where it ends, and what it says. Strict where leniency has been abused
//! (RFC 9112, section 11). Pure: bytes in, a [`Head`] or a [`Refusal`] out.

use std::ops::Range;

use super::field::{
    Field, bare_carriage_return, bare_line_feed, control_character, field, is_control, is_token,
};
use super::host::{is_authority, is_host};
use super::limits;
use super::refusal::Refusal;

/// The first byte of a TLS handshake record (RFC 8446, section 5.1).
const TLS_HANDSHAKE: u8 = 0x16;

/// A well-formed head: the bytes as they came, and where in them each part stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    pub bytes: Vec<u8>,
    pub method: Range<usize>,
    pub target: Range<usize>,
    pub version: Range<usize>,
    pub headers: Vec<Field>,
    pub body: BodyLength,
    pub expects_continue: bool,
}

/// How the end of the body is found (RFC 9112, section 6).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyLength {
    None,
    Bytes(u64),
    Chunked,
}

impl Head {
    pub fn part(&self, range: &Range<usize>) -> &[u8] {
        &self.bytes[range.clone()]
    }

    /// The path of the target: without the host of an absolute one, and without the query.
    pub fn path(&self) -> Range<usize> {
        let target = self.part(&self.target);
        let start = authority(target).map_or(0, |authority| authority.end);
        let question = target[start..].iter().position(|&byte| byte == b'?');
        let end = question.map_or(target.len(), |at| start + at);
        self.target.start + start..self.target.start + end
    }

    pub fn name(&self, field: &Field) -> &[u8] {
        self.part(&field.name)
    }

    pub fn value(&self, field: &Field) -> &[u8] {
        self.part(&field.value)
    }

    /// All headers of this name, in order.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Field> + 'a {
        self.headers
            .iter()
            .filter(move |field| self.name(field).eq_ignore_ascii_case(name.as_bytes()))
    }

    pub fn is_http_1_0(&self) -> bool {
        self.part(&self.version) == b"HTTP/1.0"
    }

    /// Whether the client wants to send more requests on this connection (RFC 9112, section 9.3).
    pub fn wants_keep_alive(&self) -> bool {
        let says_close = self.all("connection").any(|field| {
            self.value(field)
                .split(|&byte| byte == b',')
                .any(|option| option.trim_ascii().eq_ignore_ascii_case(b"close"))
        });
        !says_close && !self.is_http_1_0()
    }
}

/// Looks for the end of the head in what has come so far, from `scanned` on.
///
/// Returns the length of the head when it is whole, `None` when more bytes are needed.
pub fn find_end(bytes: &[u8], scanned: usize) -> Result<Option<usize>, Refusal> {
    if bytes.first() == Some(&TLS_HANDSHAKE) {
        return Err(Refusal::bad(
            "tls",
            "the client speaks HTTPS; this server speaks plain HTTP: use http:// in the address",
            bytes,
        ));
    }
    let start = skip_empty_lines(bytes);
    let first = lines(bytes, start).next().unwrap_or(0..0);
    for at in scanned.saturating_sub(1).max(start)..bytes.len() {
        match (bytes[at], bytes.get(at + 1)) {
            (b'\n', _) if at == 0 || bytes[at - 1] != b'\r' => {
                return Err(bare_line_feed(line_around(bytes, at)));
            }
            (b'\r', Some(&next)) if next != b'\n' => {
                return Err(bare_carriage_return(line_around(bytes, at)));
            }
            // A client of HTTP/0.9, or of no HTTP at all, may send no more than its first line.
            (b'\n', _) if at == first.end + 1 => {
                check_size(&bytes[start..at])?;
                request_line(bytes, first.clone())?;
            }
            (b'\n', _) if bytes[start..=at].ends_with(b"\r\n\r\n") => return Ok(Some(at + 1)),
            (b'\r' | b'\n', _) => {}
            (byte, _) if is_control(byte) => {
                return Err(control_character(byte, line_around(bytes, at)));
            }
            _ => {}
        }
    }
    check_size(&bytes[start..])?;
    Ok(None)
}

fn skip_empty_lines(bytes: &[u8]) -> usize {
    (0..limits::EMPTY_LINES)
        .take_while(|line| bytes[line * 2..].starts_with(b"\r\n"))
        .count()
        * 2
}

fn check_size(head: &[u8]) -> Result<(), Refusal> {
    let line = head.iter().position(|&byte| byte == b'\r');
    if line.unwrap_or(head.len()) > limits::REQUEST_LINE {
        return Err(Refusal::new(
            414,
            "request-line-too-long",
            &format!(
                "the request line is longer than {} bytes",
                limits::REQUEST_LINE
            ),
            head,
        ));
    }
    if head.len() > limits::HEAD {
        return Err(Refusal::new(
            431,
            "head-too-long",
            &format!("the headers are longer than {} bytes", limits::HEAD),
            head,
        ));
    }
    Ok(())
}

/// Reads a whole head, as [`find_end`] found it.
pub fn parse(bytes: Vec<u8>) -> Result<Head, Refusal> {
    let start = skip_empty_lines(&bytes);
    check_size(&bytes[start..])?;
    let mut lines = lines(&bytes, start);
    let (method, target, version) = request_line(&bytes, lines.next().unwrap_or(start..start))?;
    let mut headers = Vec::new();
    for line in lines {
        headers.push(field(&bytes, line)?);
    }
    if headers.len() > limits::HEADERS {
        return Err(Refusal::new(
            431,
            "too-many-headers",
            &format!("there are more than {} headers", limits::HEADERS),
            &bytes,
        ));
    }
    let mut head = Head {
        bytes,
        method,
        target,
        version,
        headers,
        body: BodyLength::None,
        expects_continue: false,
    };
    check_host(&head)?;
    check_content_type(&head)?;
    head.expects_continue = expectation(&head)?;
    head.body = body_length(&head)?;
    Ok(head)
}

/// The lines of a head without their CR LF, up to the empty one.
fn lines(bytes: &[u8], start: usize) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = start;
    std::iter::from_fn(move || {
        let length = bytes[at..].windows(2).position(|pair| pair == b"\r\n")?;
        let line = at..at + length;
        at = line.end + 2;
        (!line.is_empty()).then_some(line)
    })
}

type RequestLine = (Range<usize>, Range<usize>, Range<usize>);

fn request_line(bytes: &[u8], line: Range<usize>) -> Result<RequestLine, Refusal> {
    let text = &bytes[line.clone()];
    let malformed = |detail| Refusal::bad("malformed-request-line", detail, text);
    let spaces: Vec<usize> = line
        .clone()
        .filter(|&at| bytes[at] == b' ' || bytes[at] == b'\t')
        .collect();
    let [first, second] = spaces[..] else {
        return Err(malformed(
            "the first line must be a method, a target and a version with one space between: \
             GET / HTTP/1.1",
        ));
    };
    if text.contains(&b'\t') {
        return Err(malformed(
            "there is a tab in the first line; only single spaces may separate its parts",
        ));
    }
    let (method, target, version) = (line.start..first, first + 1..second, second + 1..line.end);
    if !is_token(&bytes[method.clone()]) {
        return Err(malformed(
            "the method has characters that are not allowed in a method",
        ));
    }
    check_version(&bytes[version.clone()], text)?;
    if &bytes[method.clone()] == b"CONNECT" {
        return Err(Refusal::new(
            501,
            "connect",
            "CONNECT asks a proxy for a tunnel; this is not a proxy",
            text,
        ));
    }
    check_target(&bytes[method.clone()], &bytes[target.clone()], text)?;
    Ok((method, target, version))
}

fn check_version(version: &[u8], line: &[u8]) -> Result<(), Refusal> {
    match version {
        [b'H', b'T', b'T', b'P', b'/', b'1', b'.', minor] if minor.is_ascii_digit() => Ok(()),
        b"HTTP/0.9" => Err(Refusal::bad(
            "http-0.9",
            "HTTP/0.9 has no headers and no status; it is no longer served",
            line,
        )),
        [b'H', b'T', b'T', b'P', b'/', major, b'.', minor]
            if major.is_ascii_digit() && minor.is_ascii_digit() =>
        {
            Err(Refusal::new(
                505,
                "http-version",
                "this server speaks HTTP/1.0 and HTTP/1.1",
                line,
            ))
        }
        _ => Err(Refusal::bad(
            "malformed-request-line",
            "the line must end with a version, such as HTTP/1.1",
            line,
        )),
    }
}

fn check_target(method: &[u8], target: &[u8], line: &[u8]) -> Result<(), Refusal> {
    let malformed = |detail| Err(Refusal::bad("malformed-target", detail, line));
    if target == b"*" {
        // RFC 9112, section 3.2.4.
        if method != b"OPTIONS" {
            return malformed("only OPTIONS may ask for '*', which stands for the whole server");
        }
    } else if let Some(authority) = authority(target) {
        if !is_authority(&target[authority]) {
            return malformed(
                "after http:// there must be a name or an address, perhaps a colon and a port, and \
                 then '/'",
            );
        }
    } else if !target.starts_with(b"/") {
        return malformed("the target must begin with '/'");
    }
    if target.contains(&b'#') {
        return Err(Refusal::bad(
            "fragment",
            "the part after '#' is the browser's own and is never sent to a server",
            line,
        ));
    }
    let path = target.split(|&byte| byte == b'?').next().unwrap_or(target);
    if path.windows(3).any(|three| three == b"%00") {
        return Err(Refusal::bad(
            "nul-in-path",
            "%00 in the path stands for a NUL, which ends a file name early in many programs",
            line,
        ));
    }
    Ok(())
}

/// Where the authority of a target in absolute form stands, `http://authority/path`
/// (RFC 9112, section 3.2.2).
pub fn authority(target: &[u8]) -> Option<Range<usize>> {
    let start = [&b"http://"[..], b"https://"].iter().find_map(|scheme| {
        let same = target.get(..scheme.len())?.eq_ignore_ascii_case(scheme);
        same.then_some(scheme.len())
    })?;
    let length = target[start..]
        .iter()
        .position(|byte| matches!(byte, b'/' | b'?'))
        .unwrap_or(target.len() - start);
    Some(start..start + length)
}

fn check_host(head: &Head) -> Result<(), Refusal> {
    let given = head.all("host").next().map(|field| head.value(field));
    if given.is_some_and(|host| !is_host(host)) {
        return Err(Refusal::bad(
            "malformed-host",
            "the Host header must be a name or an address, and perhaps a colon and a port",
            last_line(head, "host"),
        ));
    }
    match head.all("host").count() {
        1 => Ok(()),
        0 if head.is_http_1_0() => Ok(()),
        0 => Err(Refusal::bad(
            "no-host",
            "HTTP/1.1 asks for a Host header: the name in the browser's address bar",
            head.part(&(head.method.start..head.version.end)),
        )),
        _ => Err(Refusal::bad(
            "two-hosts",
            "there are two Host headers; which one is meant?",
            last_line(head, "host"),
        )),
    }
}

fn check_content_type(head: &Head) -> Result<(), Refusal> {
    let mut values = head.all("content-type").map(|field| head.value(field));
    let first = values.next();
    if values.all(|value| Some(value) == first) {
        Ok(())
    } else {
        Err(Refusal::bad(
            "two-content-types",
            "there are two different Content-Type headers; which one is meant?",
            last_line(head, "content-type"),
        ))
    }
}

fn expectation(head: &Head) -> Result<bool, Refusal> {
    let mut asked = false;
    for field in head.all("expect") {
        if !head.value(field).eq_ignore_ascii_case(b"100-continue") {
            return Err(Refusal::new(
                417,
                "expectation",
                "the only expectation a server knows is 100-continue",
                last_line(head, "expect"),
            ));
        }
        asked = !head.is_http_1_0();
    }
    Ok(asked)
}

/// RFC 9112, section 6.3; whatever two servers could read differently is refused.
fn body_length(head: &Head) -> Result<BodyLength, Refusal> {
    let lengths: Vec<&Field> = head.all("content-length").collect();
    let codings: Vec<&Field> = head.all("transfer-encoding").collect();
    if let Some(length) = lengths.first() {
        let value = head.value(length);
        let line = last_line(head, "content-length");
        if !codings.is_empty() {
            return Err(Refusal::bad(
                "two-lengths",
                "Content-Length and Transfer-Encoding together say two different things about \
                 where the body ends",
                line,
            ));
        }
        if lengths.len() > 1 || value.is_empty() || !value.iter().all(u8::is_ascii_digit) {
            return Err(Refusal::bad(
                "malformed-content-length",
                "Content-Length must be one number in decimal digits",
                line,
            ));
        }
        let number = std::str::from_utf8(value)
            .ok()
            .and_then(|text| text.parse().ok());
        return match number {
            Some(length) if length <= limits::BODY => Ok(BodyLength::Bytes(length)),
            _ => Err(Refusal::new(413, "body-too-long", &too_long(), line)),
        };
    }
    let [coding] = codings[..] else {
        return if codings.is_empty() {
            Ok(BodyLength::None)
        } else {
            Err(Refusal::bad(
                "two-transfer-encodings",
                "Transfer-Encoding is given twice",
                last_line(head, "transfer-encoding"),
            ))
        };
    };
    transfer_coding(head, coding)
}

fn transfer_coding(head: &Head, coding: &Field) -> Result<BodyLength, Refusal> {
    let line = last_line(head, "transfer-encoding");
    if head.is_http_1_0() {
        return Err(Refusal::bad(
            "chunked-in-http-1.0",
            "HTTP/1.0 has no Transfer-Encoding",
            line,
        ));
    }
    let codings: Vec<Vec<u8>> = head
        .value(coding)
        .split(|&byte| byte == b',')
        .map(|coding| coding.trim_ascii().to_ascii_lowercase())
        .collect();
    let chunked = codings
        .iter()
        .filter(|coding| *coding == b"chunked")
        .count();
    match codings.last() {
        Some(last) if last == b"chunked" && codings.len() == 1 => Ok(BodyLength::Chunked),
        _ if chunked == 0
            || (chunked == 1 && codings.last().is_some_and(|last| last == b"chunked")) =>
        {
            Err(Refusal::new(
                501,
                "transfer-coding",
                "the only Transfer-Encoding this server knows is chunked",
                line,
            ))
        }
        _ => Err(Refusal::bad(
            "chunked-not-last",
            "chunked must be the last Transfer-Encoding, and occur once",
            line,
        )),
    }
}

pub fn too_long() -> String {
    format!(
        "the body is longer than {} MiB, more than this server takes",
        limits::BODY / 1024 / 1024
    )
}

fn last_line<'a>(head: &'a Head, name: &'a str) -> &'a [u8] {
    head.all(name)
        .last()
        .map(|field| &head.bytes[field.name.start..field.value.end])
        .unwrap_or_default()
}

fn line_around(bytes: &[u8], at: usize) -> &[u8] {
    let start = bytes[..at].iter().rposition(|&byte| byte == b'\n');
    &bytes[start.map_or(0, |newline| newline + 1)..=at]
}

#[cfg(test)]
mod tests;

//! A request as a curl command that sends it again.

use std::fmt::Write as _;

use super::error::CurlError;
use crate::exchange::{RequestRead, header};

/// Bodies from this length on make older versions of curl ask first (`Expect: 100-continue`).
const ASKS_FIRST: usize = 1024;

/// The command for a shell, in one line. `url` is where the server is, such as
/// `http://127.0.0.1:8080`. The headers are those that were sent, except the ones curl makes itself
/// and makes the same.
///
/// # Errors
/// When the record does not have all of the request.
pub fn curl(url: &str, request: &RequestRead) -> Result<String, CurlError> {
    if !request.body.is_whole() {
        return Err(CurlError {
            kept: request.body.kept.len(),
            length: request.body.length,
        });
    }
    let body = &request.body.kept;
    let has = |name: &str| header(&request.headers, name).is_some();
    let sends_body = !body.is_empty() || has("Content-Length") || has("Transfer-Encoding");
    let mut command = String::from("curl");
    let mut add = |option: &str, value: &[u8]| {
        // Writing to a String cannot fail.
        let _ = write!(command, " {option} {}", quoted(value));
    };
    match (request.method.as_str(), sends_body) {
        // What curl does by itself. An answer to HEAD has no body to wait for.
        ("GET", false) | ("POST", true) => {}
        ("HEAD", false) => command.push_str(" --head"),
        (method, _) => add("-X", &latin1(method)),
    }
    let (address, target) = place(url, &request.target);
    if let Some(target) = target {
        let _ = write!(command, " --request-target {}", quoted(&latin1(target)));
    } else if has_dots(&request.target) {
        command.push_str(" --path-as-is");
    }
    if request.version == "HTTP/1.0" {
        command.push_str(" --http1.0");
    }
    for header in headers(url, request, sends_body) {
        let _ = write!(command, " -H {}", quoted(&header));
    }
    let mut before = String::new();
    if sends_body {
        if let Some(word) = plainly_quoted(body) {
            // Behind --data-binary an @ would begin the name of a file.
            let option = match body.first() {
                Some(b'@') => "--data-raw",
                _ => "--data-binary",
            };
            let _ = write!(command, " {option} {word}");
        } else {
            before = format!("printf {} | ", printf(body));
            command.push_str(" --data-binary @-");
        }
    }
    let _ = write!(command, " {}", quoted(address.as_bytes()));
    Ok(before + &command)
}

/// Whether a part of a path may begin with a dot, which some versions of curl take for one in its
/// encoded form too.
fn has_dots(target: &str) -> bool {
    target.contains("/.") || target.to_ascii_lowercase().contains("/%2e")
}

/// The address, and the target where it is none that curl would send as it is.
fn place<'a>(url: &str, target: &'a str) -> (String, Option<&'a str>) {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/?%".contains(&byte);
    if target.starts_with('/') && target.bytes().all(plain) {
        (format!("{url}{target}"), None)
    } else {
        (format!("{url}/"), Some(target))
    }
}

/// What stands behind each `-H`: the headers that were sent, and those that curl must not add.
fn headers(url: &str, request: &RequestRead, sends_body: bool) -> Vec<Vec<u8>> {
    let authority = url.strip_prefix("http://").unwrap_or(url);
    let mut all: Vec<Vec<u8>> = request
        .headers
        .iter()
        .filter(|(name, value)| match name.to_ascii_lowercase().as_str() {
            "host" => value != authority,
            "content-length" => false,
            _ => true,
        })
        .map(|(name, value)| match value.as_str() {
            // An empty value would mean that curl must not send it.
            "" => latin1(&format!("{name};")),
            _ => latin1(&format!("{name}: {value}")),
        })
        .collect();
    let mut own = vec!["Host", "User-Agent", "Accept"];
    if sends_body {
        own.push("Content-Type");
    }
    if request.body.kept.len() > ASKS_FIRST {
        own.push("Expect");
    }
    own.retain(|name| header(&request.headers, name).is_none());
    all.extend(own.iter().map(|name| format!("{name}:").into_bytes()));
    all
}

/// The bytes of text that stands for bytes.
fn latin1(text: &str) -> Vec<u8> {
    let byte = |character| u8::try_from(u32::from(character)).unwrap_or(b'?');
    text.chars().map(byte).collect()
}

/// One word for any POSIX shell: plain quotes where they are enough, or else what `printf` writes.
/// Such a word can neither hold a NUL nor end in a line feed; what may do so goes through a pipe.
fn quoted(bytes: &[u8]) -> String {
    match plainly_quoted(bytes) {
        Some(word) => word,
        None => format!("\"$(printf {})\"", printf(bytes)),
    }
}

/// One word in plain quotes, where all of it can be seen in them.
fn plainly_quoted(bytes: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(bytes).ok()?;
    let is_visible = crate::exchange::visible(text) == text;
    is_visible.then(|| shell_words::quote(text).into_owned())
}

/// The format with which `printf` writes these bytes, in quotes.
fn printf(bytes: &[u8]) -> String {
    let mut out = String::from("'");
    for (at, &byte) in bytes.iter().enumerate() {
        let _ = match byte {
            b'\n' => out.write_str("\\n"),
            b'\r' => out.write_str("\\r"),
            b'\t' => out.write_str("\\t"),
            b'%' => out.write_str("%%"),
            // It would begin an option.
            b'-' if at == 0 => out.write_str("\\055"),
            // An interactive shell may look for a command behind an exclamation mark.
            b'\'' | b'\\' | b'!' => write!(out, "\\{byte:03o}"),
            b' '..=b'~' => out.write_char(char::from(byte)),
            _ => write!(out, "\\{byte:03o}"),
        };
    }
    out.push('\'');
    out
}

#[cfg(test)]
mod tests;

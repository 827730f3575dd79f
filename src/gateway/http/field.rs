//! A field line: a name, a colon and a value (RFC 9112, section 5). Headers are field lines, and so
//! are the trailers after a body in chunks. Pure.

use std::ops::Range;

use super::refusal::Refusal;

/// Where one field stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    pub name: Range<usize>,
    /// Without the white space around it.
    pub value: Range<usize>,
}

/// Reads the line that stands there, without its CR LF.
pub fn field(bytes: &[u8], line: Range<usize>) -> Result<Field, Refusal> {
    let text = &bytes[line.clone()];
    if text.starts_with(b" ") || text.starts_with(b"\t") {
        return Err(Refusal::bad(
            "folded-header",
            "a header continues on a second line, which HTTP no longer allows",
            text,
        ));
    }
    let Some(colon) = text.iter().position(|&byte| byte == b':') else {
        return Err(Refusal::bad(
            "header-without-colon",
            "a header must be a name, a colon and a value",
            text,
        ));
    };
    let name = &text[..colon];
    if name.ends_with(b" ") || name.ends_with(b"\t") {
        return Err(Refusal::bad(
            "space-before-colon",
            "there must be no space between a header's name and its colon",
            text,
        ));
    }
    if !is_token(name) {
        return Err(Refusal::bad(
            "malformed-header-name",
            "a header's name has characters that are not allowed in a name",
            text,
        ));
    }
    let value = &text[colon + 1..];
    let before = value.len() - value.trim_ascii_start().len();
    let start = line.start + colon + 1 + before;
    Ok(Field {
        name: line.start..line.start + colon,
        value: start..start + value.trim_ascii().len(),
    })
}

/// Refuses what may stand in no line (RFC 9110, section 5.5, and RFC 9112, section 2.2).
pub fn check_bytes(line: &[u8]) -> Result<(), Refusal> {
    match line.iter().find(|&&byte| is_control(byte)) {
        Some(b'\r') => Err(bare_carriage_return(line)),
        Some(b'\n') => Err(bare_line_feed(line)),
        Some(&byte) => Err(control_character(byte, line)),
        None => Ok(()),
    }
}

/// Whether a byte is a control character other than a tab.
pub fn is_control(byte: u8) -> bool {
    byte != b'\t' && byte.is_ascii_control()
}

pub fn bare_carriage_return(line: &[u8]) -> Refusal {
    Refusal::bad("bare-carriage-return", "a CR has no LF after it", line)
}

pub fn bare_line_feed(line: &[u8]) -> Refusal {
    let detail = "a line ended with LF alone; HTTP ends its lines with CR LF";
    Refusal::bad("bare-line-feed", detail, line)
}

pub fn control_character(byte: u8, line: &[u8]) -> Refusal {
    let detail = format!("a control character (0x{byte:02x}) is in a line of the request");
    Refusal::bad("control-character", &detail, line)
}

/// RFC 9110, section 5.6.2.
pub fn is_token(bytes: &[u8]) -> bool {
    let may_stand = |byte: &u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(byte);
    !bytes.is_empty() && bytes.iter().all(may_stand)
}

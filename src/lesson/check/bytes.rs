//! Bytes as a lesson writes them, which is as Python does in `b'...'`: ASCII, and `\xff`, `\r`,
//! `\n`, `\t` and `\\` for others.

use super::error::SpecError;
use super::values::Values;

/// The bytes of a text, with values put in, which are UTF-8.
///
/// # Errors
/// As [`Values::fill`], and when the text has other characters, or a backslash that means nothing.
pub fn fill(text: &str, values: &Values) -> Result<Vec<u8>, SpecError> {
    if !text.is_ascii() {
        return Err(SpecError::NotAscii(text.to_owned()));
    }
    let filled = values.fill(text)?;
    let mut bytes = Vec::with_capacity(filled.len());
    let mut rest = filled.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte != b'\\' {
            bytes.push(byte);
            continue;
        }
        let (meant, after) =
            escaped(after).ok_or_else(|| SpecError::UnknownEscape(text.to_owned()))?;
        bytes.push(meant);
        rest = after;
    }
    Ok(bytes)
}

/// What stands for a byte behind a backslash, and the rest.
fn escaped(text: &[u8]) -> Option<(u8, &[u8])> {
    let (kind, rest) = text.split_first()?;
    let byte = match kind {
        b'r' => b'\r',
        b'n' => b'\n',
        b't' => b'\t',
        b'\\' => b'\\',
        b'x' => {
            let (digits, rest) = rest.split_at_checked(2)?;
            let digit = |byte: u8| char::from(byte).to_digit(16);
            let value = digit(digits[0])? * 16 + digit(digits[1])?;
            return Some((u8::try_from(value).ok()?, rest));
        }
        _ => return None,
    };
    Some((byte, rest))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use rstest::rstest;

    use super::fill;
    use crate::lesson::check::{Kind, Values};

    #[rstest]
    #[case("name=Ada", b"name=Ada")]
    #[case(r"name=\xff\x00\xE9", b"name=\xff\x00\xe9")]
    #[case(r"GET / HTTP/1.1\r\n\t\\x", b"GET / HTTP/1.1\r\n\t\\x")]
    #[case("{{}}", b"{}")]
    fn bytes_are_written_as_in_python(#[case] text: &str, #[case] expected: &[u8]) {
        assert_eq!(fill(text, &Values::default()).unwrap(), expected);
    }

    #[test]
    fn a_value_is_utf_8() {
        let kinds = BTreeMap::from([("who".to_owned(), Kind::ForeignName)]);
        let values = Values::new(&kinds, 1);
        let bytes = fill(r"{who}\xff", &values).unwrap();
        let who = values.fill("{who}").unwrap();
        assert_eq!(bytes, [who.as_bytes(), b"\xff"].concat());
    }

    #[rstest]
    #[case("Zo\u{eb}", "'Zo\u{eb}' is not ASCII")]
    #[case(r"\q", r"'\q' has a backslash")]
    #[case(r"\x4", r"'\x4' has a backslash")]
    #[case(r"\x+1", r"'\x+1' has a backslash")]
    #[case("\\", "'\\' has a backslash")]
    fn what_no_bytes_can_be_is_told(#[case] text: &str, #[case] expected: &str) {
        let error = fill(text, &Values::default()).unwrap_err().to_string();
        assert!(error.starts_with(expected), "{error}");
    }
}

//! The line that begins a chunk: its size in hexadecimal digits, and extensions, which are read and
//! dropped (RFC 9112, section 7.1.1). Pure.

use super::field::is_token;

const MALFORMED_SIZE: &str = "the size of a chunk must be hexadecimal digits";
const MALFORMED_EXTENSION: &str =
    "after the size of a chunk there may be ';' and a name, and then '=' and a value: 5;name=value";

/// The size that a line without its CR LF states; what is wrong with it where there is none.
pub fn size(line: &[u8]) -> Result<u64, &'static str> {
    let digits = line.iter().take_while(|byte| byte.is_ascii_hexdigit());
    let (digits, mut rest) = line.split_at(digits.count());
    let size = std::str::from_utf8(digits)
        .ok()
        .and_then(|digits| u64::from_str_radix(digits, 16).ok());
    let size = size.ok_or(MALFORMED_SIZE)?;
    // White space may stand before an extension only, not at the end of the line.
    let mut otherwise = MALFORMED_SIZE;
    while !rest.is_empty() {
        let extension = skip_space(rest).strip_prefix(b";").ok_or(otherwise)?;
        otherwise = MALFORMED_EXTENSION;
        rest = skip_extension(skip_space(extension)).ok_or(otherwise)?;
    }
    Ok(size)
}

/// What stands after an extension's name and value.
fn skip_extension(bytes: &[u8]) -> Option<&[u8]> {
    let after_name = skip_token(bytes)?;
    match skip_space(after_name).strip_prefix(b"=") {
        Some(value) => {
            let value = skip_space(value);
            skip_token(value).or_else(|| skip_quoted(value))
        }
        None => Some(after_name),
    }
}

fn skip_space(bytes: &[u8]) -> &[u8] {
    let space = bytes.iter().take_while(|byte| b" \t".contains(byte));
    &bytes[space.count()..]
}

fn skip_token(bytes: &[u8]) -> Option<&[u8]> {
    let token = bytes.iter().take_while(|byte| is_token(&[**byte]));
    let (token, rest) = bytes.split_at(token.count());
    (!token.is_empty()).then_some(rest)
}

/// RFC 9110, section 5.6.4.
fn skip_quoted(bytes: &[u8]) -> Option<&[u8]> {
    let is_text = |byte: u8| byte == b'\t' || !byte.is_ascii_control();
    let mut rest = bytes.strip_prefix(b"\"")?;
    loop {
        rest = match rest {
            [b'"', rest @ ..] => return Some(rest),
            [b'\\', escaped, rest @ ..] if is_text(*escaped) => rest,
            [byte, rest @ ..] if *byte != b'\\' && is_text(*byte) => rest,
            _ => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{MALFORMED_EXTENSION, MALFORMED_SIZE, size};

    #[rstest]
    #[case(b"0", 0)]
    #[case(b"1fF", 0x1ff)]
    #[case(b"0005", 5)]
    #[case(b"ffffffffffffffff", u64::MAX)]
    #[case(b"5;a", 5)]
    #[case(b"5;a=b", 5)]
    #[case(b"5 ; a = b\t;c;d=\"\"", 5)]
    #[case(b"5;a=\"b;c \\\" \\\\ \xe9\t\"", 5)]
    fn reads(#[case] line: &[u8], #[case] expected: u64) {
        assert_eq!(size(line), Ok(expected));
    }

    #[rstest]
    #[case(b"")]
    #[case(b";a=b")]
    #[case(b" 5")]
    #[case(b"5 ")]
    #[case(b"5 5")]
    #[case(b"+5")]
    #[case(b"-5")]
    #[case(b"0x5")]
    #[case(b"5_0")]
    #[case(b"5x;a=b")]
    #[case(b"g")]
    #[case(b"5\r")]
    #[case(b"5\0")]
    #[case(b"10000000000000000")]
    fn refuses_a_size(#[case] line: &[u8]) {
        assert_eq!(size(line), Err(MALFORMED_SIZE));
    }

    #[rstest]
    #[case(b"5;")]
    #[case(b"5;;a")]
    #[case(b"5;a;")]
    #[case(b"5;a ")]
    #[case(b"5;a=")]
    #[case(b"5;a=;b")]
    #[case(b"5;=b")]
    #[case(b"5;a b")]
    #[case(b"5;a=b=c")]
    #[case(b"5;a\0")]
    #[case(b"5;a\x01")]
    #[case(b"5;a\x95")]
    #[case(b"5;a\r;b")]
    #[case(b"5;a=\xe9")]
    #[case(b"5;a=\"b")]
    #[case(b"5;a=\"b\"c")]
    #[case(b"5;a=\"b\\")]
    #[case(b"5;a=\"b\x7f\"")]
    #[case(b"5;a=\"b\\\0\"")]
    #[case(b"5;a=\"b\r\"")]
    fn refuses_an_extension(#[case] line: &[u8]) {
        assert_eq!(size(line), Err(MALFORMED_EXTENSION));
    }
}

//! The host of a request and its port: the value of a Host header, or the authority of an absolute
//! target (RFC 9110, sections 4.2 and 7.2; RFC 3986, section 3.2). Pure.

use std::net::Ipv6Addr;

/// Whether a Host header may have this value: a name or an address, and perhaps a colon and a port.
/// It may be empty.
pub fn is_host(bytes: &[u8]) -> bool {
    host(bytes).is_some()
}

/// Whether an http or https URI may have this authority: as a Host header, but the host must not be
/// empty (RFC 9110, section 4.2.1). User information is refused too: it makes a false host look
/// like a true one (RFC 9110, section 4.2.4).
pub fn is_authority(bytes: &[u8]) -> bool {
    host(bytes).is_some_and(|host| !host.is_empty())
}

/// The host, where it and its port are well-formed.
fn host(bytes: &[u8]) -> Option<&[u8]> {
    let end = match bytes {
        [b'[', ..] => bytes.iter().position(|&byte| byte == b']')? + 1,
        _ => bytes
            .iter()
            .position(|&byte| byte == b':')
            .unwrap_or(bytes.len()),
    };
    let (host, rest) = bytes.split_at(end);
    let is_host = match host {
        [b'[', address @ .., b']'] => is_ip_literal(address),
        name => is_name(name),
    };
    let is_port = match rest {
        [] => true,
        [b':', digits @ ..] => digits.iter().all(u8::is_ascii_digit),
        _ => false,
    };
    (is_host && is_port).then_some(host)
}

/// What may stand between brackets: an IPv6 address, or one of a later version. A zone has no place
/// on the wire (RFC 9844).
fn is_ip_literal(address: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(address) else {
        return false;
    };
    if let Some(future) = text.strip_prefix(['v', 'V']) {
        return future.split_once('.').is_some_and(|(version, rest)| {
            !version.is_empty()
                && version.bytes().all(|byte| byte.is_ascii_hexdigit())
                && !rest.is_empty()
                && rest.bytes().all(|byte| is_plain(byte) || byte == b':')
        });
    }
    text.parse::<Ipv6Addr>().is_ok()
}

/// A registered name: plain characters, and escapes of two hexadecimal digits.
fn is_name(name: &[u8]) -> bool {
    let mut rest = name;
    loop {
        rest = match rest {
            [] => return true,
            [b'%', high, low, rest @ ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                rest
            }
            [byte, rest @ ..] if is_plain(*byte) => rest,
            _ => return false,
        }
    }
}

/// "unreserved" and "sub-delims" of RFC 3986, section 2.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=".contains(&byte)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{is_authority, is_host};

    #[rstest]
    #[case("example.org")]
    #[case("example.org:8000")]
    #[case("example.org:")]
    #[case("127.0.0.1:80")]
    #[case("[::1]")]
    #[case("[::ffff:127.0.0.1]:8000")]
    #[case("[v1.a:b]")]
    #[case("a%20b")]
    #[case("a_b!$&'()*+,;=~")]
    fn both_may_be(#[case] host: &str) {
        assert!(is_host(host.as_bytes()));
        assert!(is_authority(host.as_bytes()));
    }

    #[rstest]
    #[case(b"")]
    #[case(b":80")]
    fn only_a_header_may_be(#[case] host: &[u8]) {
        assert!(is_host(host));
        assert!(!is_authority(host));
    }

    #[rstest]
    #[case(b"<script>alert(1)<")]
    #[case(b"u:p@good.example")]
    #[case(b"u@good.example")]
    #[case(b"a\\b")]
    #[case(b"\"")]
    #[case(b"a b")]
    #[case(b"a:8x")]
    #[case(b"a:8:9")]
    #[case(b"a:-1")]
    #[case(b"[::1")]
    #[case(b"::1")]
    #[case(b"[]")]
    #[case(b"[zz]")]
    #[case(b"[127.0.0.1]")]
    #[case(b"[1::2::3]")]
    #[case(b"[fe80::1%25eth0]")]
    #[case(b"[::1]x")]
    #[case(b"[::1]x80")]
    #[case(b"[::1]]")]
    #[case(b"[v.a]")]
    #[case(b"[v1.]")]
    #[case(b"[v1.a/b]")]
    #[case(b"[\xf5]")]
    #[case(b"a%zz")]
    #[case(b"a%4")]
    #[case(b"a%")]
    #[case(b"\xf5")]
    #[case(b"a\0")]
    fn neither_may_be(#[case] host: &[u8]) {
        assert!(!is_host(host));
        assert!(!is_authority(host));
    }
}

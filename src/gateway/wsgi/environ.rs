//! The dictionary an application is called with, made from a request's head as PEP 3333
//! ("environ Variables") and RFC 3875, section 4.1, say. Pure.
//!
//! Unlike wsgiref's, it holds no variables of the process's environment: on a projector they would
//! show secrets.

use std::borrow::Cow;
use std::net::{IpAddr, SocketAddr};

use serde_json::{Map, Value};

use super::concurrency::Concurrency;
use crate::exchange::Origin;
use crate::gateway::http::SERVER_SOFTWARE;
use crate::gateway::http::head::{BodyLength, Head, authority};
use crate::gateway::http::mount::Mount;

/// The plain values of environ, and where each came from.
#[derive(Debug)]
pub struct Environ {
    pub values: Map<String, Value>,
    origins: Vec<(String, Origin)>,
}

/// Room for the keys of a browser's request.
const KEYS: usize = 32;

impl Environ {
    fn new() -> Self {
        Self {
            values: Map::with_capacity(KEYS),
            origins: Vec::with_capacity(KEYS),
        }
    }

    /// Where the value of a key came from.
    pub fn origin(&self, key: &str) -> Origin {
        self.origins
            .iter()
            .find(|(known, _)| known == key)
            .map_or_else(|| gateway(wsgi_rule(key)), |(_, origin)| origin.clone())
    }

    fn set(&mut self, key: &str, value: impl Into<Value>, origin: Origin) {
        self.values.insert(key.to_owned(), value.into());
        self.origins.push((key.to_owned(), origin));
    }
}

/// The two ends of the client's connection.
#[derive(Debug, Clone, Copy)]
pub struct Endpoints {
    pub client: SocketAddr,
    pub server: SocketAddr,
}

/// Builds environ for a request whose body, without any chunked coding, has `body_length` bytes,
/// and whose path belongs to an application that is mounted here.
pub fn build(
    head: &Head,
    body_length: usize,
    endpoints: Endpoints,
    concurrency: Concurrency,
    mount: &Mount,
) -> Environ {
    let mut environ = Environ::new();
    request_line(&mut environ, head, mount);
    connection(&mut environ, endpoints);
    for field in &head.headers {
        header(&mut environ, head, &field.name, &field.value);
    }
    if let Some(name) = authority(head.part(&head.target)) {
        // RFC 9112, section 3.2.2: the target's authority replaces the Host header.
        let place = head.target.start + name.start..head.target.start + name.end;
        let value = latin1(head.part(&place));
        environ.origins.retain(|(key, _)| key != "HTTP_HOST");
        environ.set("HTTP_HOST", value, request("the target's host", &place));
    }
    if head.body == BodyLength::Chunked {
        // RFC 3875, section 4.1.2: the length after any transfer coding was removed.
        environ.set(
            "CONTENT_LENGTH",
            body_length.to_string(),
            gateway("the body came in chunks; this is its length once they were put together"),
        );
    }
    environ.set(
        "wsgi.url_scheme",
        "http",
        gateway(wsgi_rule("wsgi.url_scheme")),
    );
    for (key, value) in [
        ("wsgi.multithread", concurrency.multithread),
        ("wsgi.multiprocess", concurrency.multiprocess),
        ("wsgi.run_once", false),
        ("wsgi.input_terminated", true),
    ] {
        environ.set(key, value, gateway(wsgi_rule(key)));
    }
    environ
}

fn request_line(environ: &mut Environ, head: &Head, mount: &Mount) {
    let method = latin1(head.part(&head.method));
    environ.set(
        "REQUEST_METHOD",
        method,
        request("the method", &head.method),
    );
    let whole = head.path();
    let own = whole.start + mount.as_str().len();
    let above = whole.start..own.min(whole.end);
    environ.set(
        "SCRIPT_NAME",
        mount.as_str(),
        match mount.as_str() {
            "" => gateway("the application is not mounted below any path"),
            _ => request("the path that the application is mounted at", &above),
        },
    );
    let path = above.end..whole.end;
    let value = match head.part(&path) {
        // OPTIONS * asks about the server as a whole, and names no path.
        b"*" => String::new(),
        // An absolute target may leave the path out (RFC 9112, section 3.2.1).
        b"" if above.is_empty() => "/".to_owned(),
        encoded => latin1(&percent_decoded(encoded)),
    };
    environ.set(
        "PATH_INFO",
        value,
        request("the path, percent-decoded", &path),
    );
    let query = (path.end + 1).min(head.target.end)..head.target.end;
    let value = latin1(head.part(&query));
    environ.set(
        "QUERY_STRING",
        value,
        request("what follows the '?'", &query),
    );
    let version = latin1(head.part(&head.version));
    environ.set(
        "SERVER_PROTOCOL",
        version,
        request("the version", &head.version),
    );
}

fn connection(environ: &mut Environ, endpoints: Endpoints) {
    let peer = |what| Origin::Connection(Cow::Borrowed(what));
    environ.set(
        "SERVER_NAME",
        server_name(endpoints.server.ip()),
        peer("the address the client connected to"),
    );
    environ.set(
        "SERVER_SOFTWARE",
        SERVER_SOFTWARE,
        gateway("the name of this server and its version"),
    );
    environ.set(
        "SERVER_PORT",
        endpoints.server.port().to_string(),
        peer("the port the client connected to"),
    );
    environ.set(
        "REMOTE_ADDR",
        endpoints.client.ip().to_string(),
        peer("the client's address"),
    );
    environ.set(
        "REMOTE_PORT",
        endpoints.client.port().to_string(),
        peer("the client's port"),
    );
}

/// RFC 3875, section 4.1.14: an IPv6 address stands in brackets.
fn server_name(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => format!("[{address}]"),
    }
}

fn header(
    environ: &mut Environ,
    head: &Head,
    name: &std::ops::Range<usize>,
    value: &std::ops::Range<usize>,
) {
    let shown = latin1(head.part(name));
    let Some(key) = key_of(&shown) else { return };
    if head.body == BodyLength::Chunked && key == "HTTP_TRANSFER_ENCODING" {
        // The application gets the body without it.
        return;
    }
    let text = latin1(head.part(value));
    let joined = match environ.values.get(&key) {
        // RFC 3875, section 4.1.18; cookies as RFC 6265, section 5.4, writes them.
        Some(Value::String(first)) if key == "HTTP_COOKIE" => format!("{first}; {text}"),
        // The same Content-Type twice says nothing new.
        Some(Value::String(first)) if key == "CONTENT_TYPE" => first.clone(),
        Some(Value::String(first)) => format!("{first},{text}"),
        _ => text,
    };
    let origin = request(format!("the header {shown}"), &(name.start..value.end));
    environ.set(&key, joined, origin);
}

/// The key a header goes under, or `None` for those that never reach an application: a name with
/// an underscore would pass for the one with a hyphen, and `Proxy` would become `HTTP_PROXY`,
/// which many programs obey.
fn key_of(name: &str) -> Option<String> {
    if name.contains('_') || name.eq_ignore_ascii_case("proxy") {
        return None;
    }
    let upper = name.to_ascii_uppercase().replace('-', "_");
    Some(match upper.as_str() {
        "CONTENT_TYPE" | "CONTENT_LENGTH" => upper,
        _ => format!("HTTP_{upper}"),
    })
}

fn wsgi_rule(key: &str) -> &'static str {
    match key {
        "wsgi.version" => "the version of WSGI this server speaks",
        "wsgi.url_scheme" => "this server speaks plain HTTP",
        "wsgi.input" => "a file-like object with the request's body",
        "wsgi.errors" => "a file-like object for messages to whoever runs the server",
        "wsgi.multithread" => "whether another thread calls the application at the same time",
        "wsgi.multiprocess" => "whether another process runs the application too",
        "wsgi.run_once" => "the process serves more than one request",
        "wsgi.input_terminated" => "reading wsgi.input ends where the body ends",
        "wsgi.file_wrapper" => "turns a file into an iterable of blocks",
        _ => "made by the server",
    }
}

fn request(what: impl Into<Cow<'static, str>>, place: &std::ops::Range<usize>) -> Origin {
    Origin::Request {
        what: what.into(),
        start: place.start,
        end: place.end,
    }
}

fn gateway(rule: &'static str) -> Origin {
    Origin::Gateway(Cow::Borrowed(rule))
}

/// Bytes as the characters with the same numbers (PEP 3333, "Unicode Issues").
pub fn latin1(bytes: &[u8]) -> String {
    bytes.iter().map(|&byte| char::from(byte)).collect()
}

/// `%41` as `A`. What is no escape stays as it is.
pub fn percent_decoded(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let escape = match bytes[at..] {
            [b'%', high, low, ..] => hex(high).zip(hex(low)),
            _ => None,
        };
        if let Some((high, low)) = escape {
            out.push(high * 16 + low);
            at += 3;
        } else {
            out.push(bytes[at]);
            at += 1;
        }
    }
    out
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit)
        .to_digit(16)
        .and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::{Concurrency, Endpoints, build};
    use crate::exchange::Origin;
    use crate::gateway::http::head::parse;
    use crate::gateway::http::mount::Mount;

    const ALONE: Concurrency = Concurrency {
        multithread: false,
        multiprocess: false,
        calls: 1,
    };

    fn environ(target: &str, headers: &str) -> super::Environ {
        let method = if target == "*" { "OPTIONS" } else { "GET" };
        let bytes = format!("{method} {target} HTTP/1.1\r\nHost: h\r\n{headers}\r\n");
        // Characters below 256 stand for bytes.
        let bytes = bytes.chars().map(|c| u8::try_from(c).unwrap()).collect();
        let ends = Endpoints {
            client: "127.0.0.1:5000".parse().unwrap(),
            server: "127.0.0.1:8080".parse().unwrap(),
        };
        build(&parse(bytes).unwrap(), 0, ends, ALONE, &Mount::default())
    }

    #[rstest]
    #[case("/shop/tea?a", "/tea", "a")]
    #[case("/shop", "", "")]
    #[case("/shop/", "/", "")]
    #[case("http://other/shop/caf%C3%A9", "/caf\u{c3}\u{a9}", "")]
    fn below_a_mount(#[case] target: &str, #[case] path: &str, #[case] query: &str) {
        let bytes = format!("GET {target} HTTP/1.1\r\nHost: h\r\n\r\n").into_bytes();
        let client = "127.0.0.1:5000".parse().unwrap();
        let ends = Endpoints {
            client,
            server: client,
        };
        let mount = "/shop".parse().unwrap();
        let environ = build(&parse(bytes).unwrap(), 0, ends, ALONE, &mount);
        assert_eq!(environ.values["SCRIPT_NAME"], "/shop");
        assert_eq!(environ.values["PATH_INFO"], path);
        assert_eq!(environ.values["QUERY_STRING"], query);
    }

    #[rstest]
    #[case("/", "/", "")]
    #[case("/caf%C3%A9", "/caf\u{c3}\u{a9}", "")]
    #[case("/caf\u{c3}\u{a9}", "/caf\u{c3}\u{a9}", "")]
    #[case("/a%2Fb//c", "/a/b//c", "")]
    #[case("/100%?%41=%41", "/100%", "%41=%41")]
    #[case("/a?b?c", "/a", "b?c")]
    #[case("*", "", "")]
    #[case("http://other:81/p?q", "/p", "q")]
    #[case("http://other", "/", "")]
    fn path_and_query(#[case] target: &str, #[case] path: &str, #[case] query: &str) {
        let values = environ(target, "").values;
        assert_eq!(values["PATH_INFO"], path);
        assert_eq!(values["QUERY_STRING"], query);
    }

    #[rstest]
    #[case("X-A: 1\r\nx-a: 2\r\n", "HTTP_X_A", Some("1,2"))]
    #[case("Cookie: a=1\r\nCookie: b=2\r\n", "HTTP_COOKIE", Some("a=1; b=2"))]
    #[case(
        "Content-Type: a/b\r\nContent-Type: a/b\r\n",
        "CONTENT_TYPE",
        Some("a/b")
    )]
    #[case("Content-Length: 5\r\n", "CONTENT_LENGTH", Some("5"))]
    #[case("Content-Length: 5\r\n", "HTTP_CONTENT_LENGTH", None)]
    #[case("X_Spoof: 1\r\n", "HTTP_X_SPOOF", None)]
    #[case("Proxy: evil\r\n", "HTTP_PROXY", None)]
    #[case("X: \u{e9}\r\n", "HTTP_X", Some("\u{e9}"))]
    #[case("", "CONTENT_TYPE", None)]
    #[case("Transfer-Encoding: chunked\r\n", "CONTENT_LENGTH", Some("0"))]
    fn headers(#[case] lines: &str, #[case] key: &str, #[case] value: Option<&str>) {
        let values = environ("/", lines).values;
        assert_eq!(values.get(key).and_then(|value| value.as_str()), value);
    }

    #[test]
    fn the_target_of_a_proxy_request_names_the_host() {
        assert_eq!(
            environ("http://other:81/p", "").values["HTTP_HOST"],
            "other:81"
        );
    }

    #[test]
    fn each_value_knows_its_bytes() {
        let environ = environ("/a?b", "X-A: 1\r\n");
        let bytes = b"GET /a?b HTTP/1.1\r\nHost: h\r\nX-A: 1\r\n\r\n";
        let part = |key| match environ.origin(key) {
            Origin::Request { start, end, .. } => &bytes[start..end],
            other => panic!("{other:?}"),
        };
        assert_eq!(part("REQUEST_METHOD"), b"GET");
        assert_eq!(part("PATH_INFO"), b"/a");
        assert_eq!(part("QUERY_STRING"), b"b");
        assert_eq!(part("HTTP_X_A"), b"X-A: 1");
    }

    proptest! {
        /// Whatever a client sends, environ has the keys PEP 3333 asks for, and its text is
        /// latin-1.
        #[test]
        fn every_well_formed_request_has_an_environ(
            target in "/[!-\"$-~]{0,20}",
            name in "[A-Za-z_-]{1,9}",
            value in "[ -~\u{80}-\u{ff}]{0,20}",
        ) {
            let bytes = format!("GET {target} HTTP/1.1\r\nHost: h\r\nX-{name}: {value}\r\n\r\n");
            let bytes = bytes.chars().map(|letter| u32::from(letter).to_le_bytes()[0]).collect();
            let Ok(head) = parse(bytes) else { return Ok(()) };
            let client = "127.0.0.1:5000".parse().unwrap();
            let environ = build(&head, 0, Endpoints { client, server: client }, ALONE, &Mount::default());
            for key in ["REQUEST_METHOD", "SCRIPT_NAME", "PATH_INFO", "QUERY_STRING", "SERVER_NAME",
                "SERVER_PORT", "SERVER_PROTOCOL", "wsgi.url_scheme"] {
                prop_assert!(environ.values.contains_key(key), "{key}");
            }
            for text in environ.values.values().filter_map(|value| value.as_str()) {
                prop_assert!(text.chars().all(|letter| u32::from(letter) < 256));
            }
        }
    }
}

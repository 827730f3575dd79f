//! Where a link or a form of a page leads, as a browser works it out (RFC 3986, and what the URL
//! standard says of `http`).

use std::fmt::Write as _;

/// Where a page came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The names this server is reached by: host and port.
    hosts: Vec<String>,
    path: String,
    query: Option<String>,
    /// Whether the page says that its relative addresses lead to another server.
    foreign: bool,
}

impl Origin {
    /// A page got with this request target from a server with these names.
    pub fn new(target: &str, hosts: &[String]) -> Self {
        let origin = Self {
            hosts: hosts.iter().map(|host| plain_host(host)).collect(),
            path: "/".to_owned(),
            query: None,
            foreign: false,
        };
        // A target may be a whole address too.
        let page = origin.resolve(target).unwrap_or_else(|| "/".to_owned());
        origin.at(&page)
    }

    /// The same for a page that may name another base for its addresses.
    pub fn for_page(self, base: Option<&str>) -> Self {
        let Some(base) = base else {
            return self;
        };
        match self.resolve(base) {
            Some(base) => self.at(&base),
            None => Self {
                foreign: true,
                ..self
            },
        }
    }

    fn at(self, page: &str) -> Self {
        let (path, query) = split_query(page);
        Self {
            path: path.to_owned(),
            query: query.map(str::to_owned),
            ..self
        }
    }

    /// Path and query to ask this server for; nothing when the address leads elsewhere.
    pub fn resolve(&self, address: &str) -> Option<String> {
        let address = address.trim_matches(|it: char| it <= ' ');
        let address = address.replace(['\t', '\r', '\n'], "");
        let address = address.split('#').next().unwrap_or_default();
        let (path, query) = split_query(address);
        // Browsers take the other slash for this one.
        let path = path.replace('\\', "/");
        let address = match query {
            Some(query) => format!("{path}?{query}"),
            None => path,
        };
        let rest = match scheme(&address) {
            Some(("http", rest)) => rest,
            Some(_) => return None,
            None => &address,
        };
        let Some(rest) = rest.strip_prefix("//") else {
            return (!self.foreign).then(|| self.relative(rest));
        };
        let end = rest.find(['/', '?']).unwrap_or(rest.len());
        let (authority, rest) = rest.split_at(end);
        let host = authority.rsplit('@').next().unwrap_or_default();
        if !self.hosts.contains(&plain_host(host)) {
            return None;
        }
        let (path, query) = split_query(rest);
        Some(joined(path, query))
    }

    fn relative(&self, address: &str) -> String {
        let (path, query) = split_query(address);
        if path.is_empty() {
            return joined(&self.path, query.or(self.query.as_deref()));
        }
        if path.starts_with('/') {
            return joined(path, query);
        }
        let folder = self.path.rfind('/').map_or("", |end| &self.path[..=end]);
        joined(&format!("{folder}{path}"), query)
    }
}

/// A target as somebody typed it: its dots and slashes stay as they are, and only characters that
/// no target may hold are percent-encoded. A fragment is never sent. Nothing when it begins with no
/// slash, or with two, as the address of another server does.
pub fn typed_target(typed: &str) -> Option<String> {
    let typed = typed.split('#').next().unwrap_or_default();
    if !typed.starts_with('/') || typed.starts_with("//") {
        return None;
    }
    let (path, query) = split_query(typed);
    Some(encoded(path, query))
}

fn split_query(address: &str) -> (&str, Option<&str>) {
    match address.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (address, None),
    }
}

/// The scheme in small letters, and what follows its colon.
fn scheme(address: &str) -> Option<(&'static str, &str)> {
    let (scheme, rest) = address.split_once(':')?;
    let begins = scheme.starts_with(|it: char| it.is_ascii_alphabetic());
    let goes_on = |it: char| it.is_ascii_alphanumeric() || matches!(it, '+' | '-' | '.');
    if !begins || !scheme.chars().all(goes_on) {
        return None;
    }
    let is_http = scheme.eq_ignore_ascii_case("http");
    Some((if is_http { "http" } else { "another" }, rest))
}

/// Host and port in one spelling: 80 is the port nobody writes.
fn plain_host(host: &str) -> String {
    let host = host.to_ascii_lowercase();
    host.strip_suffix(":80").map_or(host.clone(), str::to_owned)
}

/// A path without `.` and `..`, and the query, percent-encoded where they are no part of an
/// address.
fn joined(path: &str, query: Option<&str>) -> String {
    let mut parts: Vec<&str> = Vec::new();
    let mut pieces = path.split('/').skip(1).peekable();
    while let Some(piece) = pieces.next() {
        let plain = piece.replace("%2e", ".").replace("%2E", ".");
        let is_last = pieces.peek().is_none();
        match plain.as_str() {
            "." => {}
            ".." => {
                parts.pop();
            }
            _ => {
                parts.push(piece);
                continue;
            }
        }
        // What stood for a folder is one.
        if is_last {
            parts.push("");
        }
    }
    encoded(&format!("/{}", parts.join("/")), query)
}

/// A path and a query, percent-encoded where they are no part of an address.
fn encoded(path: &str, query: Option<&str>) -> String {
    let mut out = String::new();
    encode(&mut out, path, "\"<>`{}");
    if let Some(query) = query {
        out.push('?');
        encode(&mut out, query, "\"<>'");
    }
    out
}

fn encode(out: &mut String, text: &str, also: &str) {
    for byte in text.bytes() {
        match byte {
            0x21..=0x7e if !also.contains(char::from(byte)) => out.push(char::from(byte)),
            _ => {
                // Writing to a String cannot fail.
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{Origin, typed_target};

    fn origin(target: &str) -> Origin {
        Origin::new(target, &["127.0.0.1:8080".into(), "Shop.test".into()])
    }

    #[rstest]
    #[case("", "/a/b?q=1")]
    #[case("#top", "/a/b?q=1")]
    #[case("?page=2", "/a/b?page=2")]
    #[case("c", "/a/c")]
    #[case("./c/", "/a/c/")]
    #[case("../c", "/c")]
    #[case("../../..", "/")]
    #[case("..", "/")]
    #[case(".", "/a/")]
    #[case("%2E%2e/c", "/c")]
    #[case("/x/./y/../z?a/../b", "/x/z?a/../b")]
    #[case("/caf\u{e9} \u{674e}", "/caf%C3%A9%20%E6%9D%8E")]
    #[case("/?q=\"\u{eb}' b", "/?q=%22%C3%AB%27%20b")]
    #[case("  /pad\nded\t ", "/padded")]
    #[case("\\x\\y", "/x/y")]
    #[case("//127.0.0.1:8080/x", "/x")]
    #[case("http://127.0.0.1:8080", "/")]
    #[case("HTTP://SHOP.test:80/x#y", "/x")]
    #[case("http://ada:secret@shop.test?q", "/?q")]
    #[case("http:c", "/a/c")]
    #[case("1:2", "/a/1:2")]
    #[case("c:80/x\r\nHost: evil", "elsewhere")]
    #[case("c d\r\nHost: evil", "/a/c%20dHost:%20evil")]
    #[case("https://127.0.0.1:8080/", "elsewhere")]
    #[case("http://127.0.0.1:8081/", "elsewhere")]
    #[case("//example.org", "elsewhere")]
    #[case("/\\example.org", "elsewhere")]
    #[case("http://127.0.0.1:8080@example.org/", "elsewhere")]
    #[case("mailto:ada@example.org", "elsewhere")]
    #[case("javascript:alert(1)", "elsewhere")]
    fn an_address_leads_where_a_browser_would_go(#[case] address: &str, #[case] expected: &str) {
        let resolved = origin("/a/b?q=1").resolve(address);
        assert_eq!(resolved.as_deref().unwrap_or("elsewhere"), expected);
    }

    #[rstest]
    #[case("/", Some("/"))]
    #[case("/a/../../x", Some("/a/../../x"))]
    #[case("/%2e%2E/./x//", Some("/%2e%2E/./x//"))]
    #[case(
        "/a b\u{e9}\"?q=\"\u{eb}'&r={}#top",
        Some("/a%20b%C3%A9%22?q=%22%C3%AB%27&r={}")
    )]
    #[case("/a\r\nHost: evil", Some("/a%0D%0AHost:%20evil"))]
    #[case("//example.org", None)]
    #[case("a", None)]
    #[case("", None)]
    fn a_target_stays_as_it_was_typed(#[case] typed: &str, #[case] expected: Option<&str>) {
        assert_eq!(typed_target(typed).as_deref(), expected);
    }

    #[test]
    fn a_page_may_name_another_base() {
        let here = origin("/a").for_page(Some("/b/c?d"));
        assert_eq!(here.resolve("e").as_deref(), Some("/b/e"));
        let elsewhere = origin("/a").for_page(Some("https://example.org/"));
        assert_eq!(elsewhere.resolve("/e"), None);
        assert_eq!(
            elsewhere.resolve("http://shop.test/e").as_deref(),
            Some("/e")
        );
    }

    #[test]
    fn a_request_target_may_be_a_whole_address() {
        let origin = origin("http://127.0.0.1:8080/a/b?q");
        assert_eq!(origin.resolve("c").as_deref(), Some("/a/c"));
    }
}

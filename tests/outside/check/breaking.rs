//! What breaks an app that pastes, or that takes a header for simpler than it is.

use rstest::rstest;
use serde_json::Value;

use super::{checked, found};
#[cfg(feature = "embedded-python")]
use crate::support::EMBEDDED;
use crate::support::{Engine, SYSTEM};

const NAME: &str = "\
from html import escape
from urllib.parse import parse_qs, quote

def application(environ, start_response):
    name = parse_qs(environ['QUERY_STRING']).get('name', [''])[0]
";
const PAGE: &str = "
    start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8')])
    return ['<form><input name=name></form>'.encode(), escape(name).encode()]
";

const SQL: &str = "
    import sqlite3
    sqlite3.connect(':memory:').execute(QUERY)
";
const COOKIE: &str = "
    if name:
        start_response('302 Found', [('Location', '/'), ('Set-Cookie', 'name=' + VALUE)])
        return [b'']
";

#[rstest]
#[case::sql(SQL, "f\"SELECT '{name}'\"", "\"SELECT ?\", (name,)", "raised-before-start", &[SYSTEM])]
#[cfg_attr(
    feature = "embedded-python",
    case::header_embedded(COOKIE, "name", "quote(name)", "header-injection", &[EMBEDDED])
)]
#[case::header(COOKIE, "name", "quote(name)", "header-injection", &[SYSTEM])]
fn what_a_field_breaks_is_found(
    #[case] body: &str,
    #[case] wrong: &str,
    #[case] right: &str,
    #[case] slug: &str,
    #[case] engines: &[Engine],
) {
    let app = |used: &str| {
        let body = body.replace("QUERY", used).replace("VALUE", used);
        format!("{NAME}{body}{PAGE}")
    };
    for engine in engines {
        let (code, told) = checked(&app(wrong), &[], engine);
        assert_eq!(code, Some(1), "{told}");
        assert_eq!(slugs(&told), [slug], "{told}");
        let (code, told) = checked(&app(right), &[], engine);
        assert_eq!((code, slugs(&told)), (Some(0), Vec::new()), "{told}");
    }
}

const PARTS: &str = "\
BODY = b'0123456789' * 10

def application(environ, start_response):
    wanted = environ.get('HTTP_RANGE', '')
    if not wanted.startswith('bytes='):
        start_response('200 OK', [('Content-Type', 'text/plain')])
        return [BODY]
    first, last = wanted[6:].split('-')
    PARSED
    headers = [
        ('Content-Type', 'text/plain'),
        ('Content-Range', f'bytes {first}-{last}/{len(BODY)}'),
    ]
    start_response('206 Partial Content', headers)
    return [BODY[first:last + 1]]
";
const RIGHT: &str = "\
if first:
        first, last = int(first), int(last or len(BODY) - 1)
    else:
        first, last = len(BODY) - int(last), len(BODY) - 1
    if first >= len(BODY):
        start_response('416 Range Not Satisfiable', [('Content-Range', f'bytes */{len(BODY)}')])
        return []";

#[test]
fn a_range_without_an_end_or_a_beginning_is_asked_for() {
    let app = PARTS.replace("PARSED", "first, last = int(first), int(last)");
    let (code, told) = checked(&app, &[], SYSTEM);
    assert_eq!(code, Some(1), "{told}");
    let seen: Vec<_> = found(&told).into_iter().map(|(_, _, seen)| seen).collect();
    let without_end = ["GET / (Range: bytes=0-)", "GET / (Range: bytes=999999999-)"];
    let expected = [without_end.as_slice(), &["GET / (Range: bytes=-5)"]];
    assert_eq!(seen, expected, "{told}");
    let (code, told) = checked(&PARTS.replace("PARSED", RIGHT), &[], SYSTEM);
    assert_eq!((code, slugs(&told)), (Some(0), Vec::new()), "{told}");
}

/// The names of what was found.
fn slugs(told: &Value) -> Vec<String> {
    found(told).into_iter().map(|(slug, ..)| slug).collect()
}

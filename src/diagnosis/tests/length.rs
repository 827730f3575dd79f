//! Content-Length, held against the body.

use rstest::rstest;

use super::events::{block, by, called, exchange, line, request, returned, started, started_by};
use super::{FILE, HELLO, found, short};
use crate::diagnosis::{Diagnosis, Sources, diagnose};
use crate::exchange::{Blame, By, Call, EventKind};

#[rstest]
#[case(&[("Content-Length", "5")], b"Hello", &[])]
#[case(&[("Content-Length", "6")], b"Hello", &["content-length-too-long"])]
#[case(&[("Content-Length", "4")], b"Hello", &["content-length-too-short"])]
#[case(&[("Content-Length", "4")], "Caf\u{e9}".as_bytes(), &["content-type-no-charset", "content-length-characters"])]
fn content_length_is_held_against_the_body(
    #[case] headers: &[(&str, &str)],
    #[case] body: &[u8],
    #[case] expected: &[&str],
) {
    let mut headers = headers.to_vec();
    headers.push(("Content-Type", "text/plain"));
    let kinds = vec![
        request("GET", "/"),
        called(),
        line(2),
        started(&headers),
        returned("list"),
        EventKind::HeadersSent {
            status: "200 OK".into(),
            headers: Vec::new(),
        },
        block(body),
    ];
    let found = found(kinds, HELLO);
    let mut slugs: Vec<&str> = found.iter().map(Diagnosis::slug).collect();
    slugs.sort_unstable();
    let mut expected = expected.to_vec();
    expected.sort_unstable();
    assert_eq!(slugs, expected);
}

#[rstest]
#[case("HEAD", "200 OK", &[])]
#[case("GET", "103 Early Hints", &["status-interim"])]
#[case("GET", "204 No Content", &[])]
#[case("GET", "304 Not Modified", &[])]
#[case("GET", "404 Not Found", &["content-length-too-long"])]
fn an_answer_that_has_no_body_may_say_its_length(
    #[case] method: &str,
    #[case] status: &str,
    #[case] expected: &[&str],
) {
    let kinds = vec![
        request(method, "/"),
        called(),
        line(2),
        started_by(status, &[("Content-Length", "5")], by(2)),
        returned("list"),
        EventKind::HeadersSent {
            status: status.into(),
            headers: Vec::new(),
        },
    ];
    let found = found(kinds, HELLO);
    let slugs: Vec<&str> = found.iter().map(Diagnosis::slug).collect();
    assert_eq!(slugs, expected);
}

#[test]
fn the_length_of_a_text_is_looked_for_in_the_file_of_each_call() {
    const REPLY: &str = "/home/ada/reply.py";
    let app = "from reply import reply

def application(environ, start_response):
    text = 'Caf\u{e9}'
    return reply(start_response, text.encode(), len(text))
";
    let reply = "def reply(start_response, body, length):
    headers = [('Content-Type', 'text/plain; charset=utf-8'), ('Content-Length', str(length))]
    start_response('200 OK', headers)
    return [body]

def other(body):
    return len(body)
";
    let at = |file: &str, line| Blame {
        file: file.into(),
        line,
    };
    let headers = [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Length", "4"),
    ];
    let calls = [at(REPLY, 3), at(FILE, 5)].map(|place| Call { place, bytes: None });
    let by = By {
        blame: Some(at(REPLY, 3)),
        calls: calls.into(),
    };
    let kinds = [
        request("GET", "/"),
        called(),
        started_by("200 OK", &headers, by),
        returned("list"),
        EventKind::HeadersSent {
            status: "200 OK".into(),
            headers: Vec::new(),
        },
        block("Caf\u{e9}".as_bytes()),
    ];
    let mut sources = Sources::of(FILE, app);
    sources.insert(REPLY, reply);
    let found = diagnose(&exchange(kinds), &sources).diagnoses;
    let spot = Some((5, 49, 58));
    assert_eq!(short(&found), [("content-length-characters", spot)]);
    assert_eq!(found[0].spot.as_ref().unwrap().file, FILE);
}

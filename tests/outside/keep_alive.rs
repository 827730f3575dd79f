//! Which answers leave the connection open for the next request, and which end it (RFC 9112,
//! section 9).

use rstest::rstest;

#[cfg(feature = "embedded-python")]
use crate::support::EMBEDDED;
use crate::support::{Engine, SYSTEM, Tutor, get, routed};

const APPS: &str = "
import sys

PLAIN = [('Content-Type', 'text/plain')]

def last(environ, start_response):
    start_response('200 OK', PLAIN)
    return [b'the last one']

def one_block(environ, start_response):
    start_response('200 OK', PLAIN)
    return [b'Hello']

def stated(environ, start_response):
    start_response('200 OK', [('Content-Length', '5')])
    yield b'Hel'
    yield b'lo'

def generated(environ, start_response):
    start_response('200 OK', PLAIN)
    yield b'Hel'
    yield b'lo'

def written(environ, start_response):
    start_response('200 OK', PLAIN)(b'Hello')
    return []

def too_much(environ, start_response):
    start_response('200 OK', [('Content-Length', '5')])
    return [b'Hello, world']

def empty(environ, start_response):
    start_response('200 OK', PLAIN)
    return []

def no_content(environ, start_response):
    start_response('204 No Content', [])
    return [b'Hello']

def not_modified(environ, start_response):
    start_response('304 Not Modified', [('Content-Length', '5')])
    return []

def not_found(environ, start_response):
    start_response('404 Not Found', PLAIN)
    return [b'nothing here']

def fails(environ, start_response):
    raise ValueError('no')

def exits(environ, start_response):
    sys.exit(1)

def echo(environ, start_response):
    start_response('200 OK', PLAIN)
    return [environ['wsgi.input'].read()]

def too_little(environ, start_response):
    start_response('200 OK', [('Content-Length', '99')])
    return [b'Hello']

def fails_halfway(environ, start_response):
    start_response('200 OK', PLAIN)
    yield b'Hello'
    raise ValueError('no')
";

/// Requests, the status of their answer and its last bytes.
const OPEN: &[(&str, &str, &str)] = &[
    ("GET /one_block HTTP/1.1\r\n\r\n", "200", "\r\n\r\nHello"),
    ("GET /stated HTTP/1.1\r\n\r\n", "200", "\r\n\r\nHello"),
    ("GET /generated HTTP/1.1\r\n\r\n", "200", "0\r\n\r\n"),
    ("GET /generated HTTP/1.7\r\n\r\n", "200", "0\r\n\r\n"),
    ("GET /written HTTP/1.1\r\n\r\n", "200", "0\r\n\r\n"),
    ("GET /too_much HTTP/1.1\r\n\r\n", "200", "\r\n\r\nHello"),
    ("GET /empty HTTP/1.1\r\n\r\n", "200", "\r\n\r\n"),
    ("HEAD /one_block HTTP/1.1\r\n\r\n", "200", "\r\n\r\n"),
    ("HEAD /generated HTTP/1.1\r\n\r\n", "200", "\r\n\r\n"),
    ("GET /no_content HTTP/1.1\r\n\r\n", "204", "\r\n\r\n"),
    ("GET /not_modified HTTP/1.1\r\n\r\n", "304", "\r\n\r\n"),
    ("GET /not_found HTTP/1.1\r\n\r\n", "404", "nothing here"),
    ("GET /fails HTTP/1.1\r\n\r\n", "500", "</html>\n"),
    ("GET /exits HTTP/1.1\r\n\r\n", "500", "</html>\n"),
    (
        "POST /echo HTTP/1.1\r\nContent-Length: 5\r\n\r\nHello",
        "200",
        "\r\n\r\nHello",
    ),
    (
        "POST /echo HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nHello\r\n0\r\nT: 1\r\n\r\n",
        "200",
        "\r\n\r\nHello",
    ),
    (
        "POST /one_block HTTP/1.1\r\nContent-Length: 5\r\n\r\nGET /",
        "200",
        "\r\n\r\nHello",
    ),
    (
        "POST /fails HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nGET /\r\n0\r\n\r\n",
        "500",
        "</html>\n",
    ),
];

/// Requests after whose answer no other one is read, the status of that answer and its last bytes.
const ENDED: &[(&str, &str, &str)] = &[
    (
        "GET /one_block HTTP/1.1\r\nConnection: close\r\n\r\n",
        "200",
        "Hello",
    ),
    (
        "GET /one_block HTTP/1.1\r\nConnection: x, Close\r\n\r\n",
        "200",
        "Hello",
    ),
    ("GET /one_block HTTP/1.0\r\n\r\n", "200", "Hello"),
    (
        "GET /one_block HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
        "200",
        "Hello",
    ),
    ("GET /generated HTTP/1.0\r\n\r\n", "200", "\r\n\r\nHello"),
    ("GET /too_little HTTP/1.1\r\n\r\n", "200", "\r\n\r\nHello"),
    (
        "GET /fails_halfway HTTP/1.1\r\n\r\n",
        "200",
        "5\r\nHello\r\n",
    ),
    ("HEAD /one_block HTTP/1.0\r\n\r\n", "200", "\r\n\r\n"),
    ("GET /a#b HTTP/1.1\r\n\r\n", "400", "\n"),
    ("GET /one_block HTTP/2.0\r\n\r\n", "505", "\n"),
    (
        "POST /echo HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n",
        "400",
        "\n",
    ),
];

/// The request with a Host, then another one at once; everything that comes back.
fn followed(tutor: &Tutor, request: &str) -> String {
    let request = request.replacen("\r\n", "\r\nHost: t\r\n", 1);
    let mut client = tutor.connect();
    client.send(request + &get("/last"));
    String::from_utf8(client.rest()).unwrap()
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn a_connection_goes_on_after_each_complete_answer(#[case] engine: Engine) {
    let tutor = Tutor::lesson(1).engine(engine).app(routed(APPS)).start();
    for (request, status, end) in OPEN {
        let both = followed(&tutor, request);
        let next = both.rfind("HTTP/1.1 200 OK\r\n").unwrap();
        let (first, second) = both.split_at(next);
        assert!(
            first.starts_with(&format!("HTTP/1.1 {status} ")),
            "{request:?}: {both}"
        );
        assert_eq!(first.matches("HTTP/1.1 ").count(), 1, "{request:?}: {both}");
        assert!(first.ends_with(end), "{request:?}: {both}");
        assert!(!first.contains("Connection: close"), "{request:?}: {both}");
        assert!(
            second.ends_with("\r\n\r\nthe last one"),
            "{request:?}: {both}"
        );
        let reused = [(); 2].map(|()| tutor.exchange()["events"][0]["reused"].take());
        assert_eq!(reused, [false, true], "{request:?}");
    }
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn a_connection_ends_where_the_next_request_could_be_misread(#[case] engine: Engine) {
    let tutor = Tutor::lesson(1).engine(engine).app(routed(APPS)).start();
    for (request, status, end) in ENDED {
        let only = followed(&tutor, request);
        assert!(
            only.starts_with(&format!("HTTP/1.1 {status} ")),
            "{request:?}: {only}"
        );
        assert_eq!(only.matches("HTTP/1.1 ").count(), 1, "{request:?}: {only}");
        assert!(only.ends_with(end), "{request:?}: {only}");
        let told = if *status == "200" {
            "exchange"
        } else {
            "refused"
        };
        tutor.told(told);
        // Nor was the other one passed on without an answer.
        assert_eq!(tutor.get("/one_block").text(), "Hello");
        assert_eq!(tutor.exchange()["request"]["target"], "/one_block");
    }
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn a_client_that_will_send_no_more_is_still_answered(#[case] engine: Engine) {
    let tutor = Tutor::lesson(1).engine(engine).app(routed(APPS)).start();
    for (request, status, end) in OPEN {
        let request = request.replacen("\r\n", "\r\nHost: t\r\n", 1);
        let answer = tutor.connect().send(&request).finish().rest();
        let answer = String::from_utf8(answer).unwrap();
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status} ")),
            "{request:?}: {answer}"
        );
        assert!(answer.ends_with(end), "{request:?}: {answer}");
        assert!(
            !tutor.exchange()["events"]
                .to_string()
                .contains("client-gone"),
            "{request:?}"
        );
    }
}

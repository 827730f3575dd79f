//! Apps that fail, and what the client gets of it.

use rstest::rstest;

#[cfg(feature = "embedded-python")]
use crate::support::EMBEDDED;
use crate::support::{Engine, SYSTEM, Tutor, routed};

const FAILS: &str = "
import sys

PLAIN = [('Content-Type', 'text/plain')]

def in_the_call(environ, start_response):
    raise ValueError('<b>in the call</b>')

def after_start_response(environ, start_response):
    start_response('200 OK', [('X-App', '1')])
    raise ValueError('after start_response')

def before_the_first_block(environ, start_response):
    start_response('200 OK', PLAIN)
    yield b''
    raise ValueError('before the first block')

def during(environ, start_response):
    start_response('200 OK', PLAIN)
    yield b'Hello'
    raise ValueError('during')

def during_a_stated_length(environ, start_response):
    start_response('200 OK', [('Content-Length', '10')])
    yield b'Hello'
    raise ValueError('during')

def text_body(environ, start_response):
    start_response('200 OK', PLAIN)
    return 'text'

def text_block(environ, start_response):
    start_response('200 OK', PLAIN)
    return ['text']

def bytearray_block(environ, start_response):
    start_response('200 OK', PLAIN)
    return [bytearray(b'x')]

def number_block(environ, start_response):
    start_response('200 OK', PLAIN)
    return b'bytes iterate as numbers'

def nothing(environ, start_response):
    start_response('200 OK', PLAIN)

def a_number(environ, start_response):
    start_response('200 OK', PLAIN)
    return 5

def exits(environ, start_response):
    sys.exit(3)

def exits_after_start_response(environ, start_response):
    start_response('200 OK', PLAIN)
    sys.exit('bye')

def interrupted(environ, start_response):
    raise KeyboardInterrupt

def stops(environ, start_response):
    raise StopIteration

def recursion(environ, start_response):
    return recursion(environ, start_response)

class Strange(Exception):
    def __str__(self):
        raise ValueError('no message')
    __repr__ = __str__

def strange(environ, start_response):
    raise Strange

def surrogate(environ, start_response):
    raise ValueError('\\ud800 \\x1b[2J')

def injection(environ, start_response):
    start_response('200 OK', [('X', 'a\\r\\nSet-Cookie: evil=1')])
    return [b'sent']
";

/// Paths, the exception and what it must speak of.
const ANSWERED_WITH_500: &[(&str, &str, &str)] = &[
    ("/in_the_call", "ValueError", "<b>in the call</b>"),
    (
        "/after_start_response",
        "ValueError",
        "after start_response",
    ),
    (
        "/before_the_first_block",
        "ValueError",
        "before the first block",
    ),
    ("/text_body", "TypeError", "returned a str"),
    ("/text_block", "TypeError", "yielded a str"),
    ("/bytearray_block", "TypeError", "yielded a bytearray"),
    ("/number_block", "TypeError", "returned bytes"),
    ("/nothing", "TypeError", ""),
    ("/a_number", "TypeError", ""),
    ("/exits", "SystemExit", "3"),
    ("/exits_after_start_response", "SystemExit", "bye"),
    ("/interrupted", "KeyboardInterrupt", ""),
    ("/stops", "StopIteration", ""),
    ("/recursion", "RecursionError", "recursion"),
    ("/strange", "Strange", ""),
    ("/surrogate", "ValueError", r"\ud800"),
    ("/injection", "ValueError", "control characters"),
    ("/no_such_function", "KeyError", "no_such_function"),
];

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn an_error_before_any_output_becomes_a_500_page(#[case] engine: Engine) {
    let tutor = Tutor::lesson(1).engine(engine).app(routed(FAILS)).start();
    for (path, kind, about) in ANSWERED_WITH_500 {
        let answer = tutor.get(path);
        assert_eq!(answer.status, "500 Internal Server Error", "{path}");
        assert!(answer.whole, "{path}");
        assert_eq!(
            answer.header("Content-Type"),
            Some("text/html; charset=utf-8")
        );
        assert_eq!(answer.header("X-App"), None, "{path}");
        assert_eq!(answer.header("Set-Cookie"), None, "{path}");
        assert!(answer.text().contains(kind), "{path}: {}", answer.text());
        assert!(!answer.text().contains("<b>"), "{path}");
        let error = &tutor.exchange()["error"];
        assert_eq!(error["type"], *kind, "{path}");
        let message = error["message"].as_str().unwrap();
        assert!(message.contains(about), "{path}: {message}");
    }
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn an_error_names_the_line_that_raised_it(#[case] engine: Engine) {
    let tutor = Tutor::lesson(1).engine(engine).app(routed(FAILS)).start();
    let page = tutor.get("/in_the_call").text();
    let error = tutor.exchange()["error"].take();
    let place = 1 + FAILS
        .lines()
        .position(|line| line.contains("<b>in the call"))
        .unwrap();
    assert_eq!(error["line"], place);
    assert_eq!(error["file"], tutor.app().to_str().unwrap());
    assert!(
        error["traceback"]
            .as_str()
            .unwrap()
            .contains("in in_the_call")
    );
    assert!(page.contains(&format!("app.py, line {place}")), "{page}");
    assert!(!page.contains(tutor.app().to_str().unwrap()), "{page}");
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn an_error_within_the_body_shows_as_a_cut(#[case] engine: Engine) {
    let tutor = Tutor::lesson(1).engine(engine).app(routed(FAILS)).start();
    for path in ["/during", "/during_a_stated_length"] {
        let answer = tutor.ask(format!("GET {path} HTTP/1.1\r\nHost: t\r\n\r\n"));
        assert_eq!(
            (answer.status.as_str(), answer.text().as_str()),
            ("200 OK", "Hello")
        );
        assert!(!answer.whole, "{path}");
        assert_eq!(tutor.exchange()["error"]["message"], "during", "{path}");
    }
    assert_eq!(tutor.get("/text_block").status, "500 Internal Server Error");
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn a_traceback_shows_the_lines_that_ran(#[case] engine: Engine) {
    let app = "def application(environ, start_response):\n    \
        open(__file__, 'w').write('# saved meanwhile\\n' * 9)\n    raise ValueError('here')\n";
    let tutor = Tutor::lesson(1).engine(engine).app(app).start();
    tutor.get("/");
    let error = tutor.exchange()["error"].take();
    let traceback = error["traceback"].as_str().unwrap();
    assert!(
        traceback.contains("raise ValueError('here')"),
        "{traceback}"
    );
    assert!(!traceback.contains("saved meanwhile"), "{traceback}");
}

//! What `start_response` takes, and what it refuses at the call (PEP 3333, "The `start_response()`
//! Callable").

use rstest::rstest;

#[cfg(feature = "embedded-python")]
use crate::support::EMBEDDED;
use crate::support::{Answer, Engine, SYSTEM, Tutor, routed};

/// Evaluates the header X-Do with `start_response` as `s`. Answers with the error, if there is one.
const DO: &str = "
import sys

def application(environ, s):
    try:
        eval(environ['HTTP_X_DO'], {'s': s, 'sys': sys})
    except Exception as error:
        said = f'{type(error).__name__}: {error}'
        s('299 Refused', [('Content-Type', 'text/plain')], sys.exc_info())
        return [said.encode('ascii', 'backslashreplace')]
    return [b'taken']
";

fn evaluate(tutor: &Tutor, expression: &str) -> Answer {
    tutor.ask(format!(
        "GET / HTTP/1.1\r\nHost: t\r\nConnection: close\r\nX-Do: {expression}\r\n\r\n"
    ))
}

/// Calls, and what the exception must speak of.
const REFUSED: &[(&str, &str, &str)] = &[
    ("s(b'200 OK', [])", "TypeError", "status must be a str"),
    ("s(200, [])", "TypeError", "status must be a str"),
    ("s(None, [])", "TypeError", "status must be a str"),
    ("s('200', [])", "ValueError", "'200'"),
    ("s('200 ', [])", "ValueError", "'200 '"),
    ("s('200OK', [])", "ValueError", "'200OK'"),
    ("s('20 OK', [])", "ValueError", "'20 OK'"),
    ("s('2000 OK', [])", "ValueError", "'2000 OK'"),
    ("s('abc OK', [])", "ValueError", "'abc OK'"),
    ("s('', [])", "ValueError", "''"),
    (r"s('\u0662\u0660\u0660 OK', [])", "ValueError", "latin-1"),
    (r"s('\xb2\xb2\xb2 OK', [])", "ValueError", "100 to 599"),
    ("s('099 Low', [])", "ValueError", "100 to 599"),
    ("s('600 High', [])", "ValueError", "100 to 599"),
    ("s('999 High', [])", "ValueError", "100 to 599"),
    (r"s('200 OK\r\nX: evil', [])", "ValueError", "control"),
    (r"s('200 OK\n', [])", "ValueError", "control"),
    (r"s('200 O\x00K', [])", "ValueError", "control"),
    (r"s('200 \u674e', [])", "ValueError", "latin-1"),
    ("s('200 OK', None)", "TypeError", "list"),
    ("s('200 OK', ())", "TypeError", "list"),
    ("s('200 OK', {'A': 'b'})", "TypeError", "list"),
    ("s('200 OK', iter([]))", "TypeError", "list"),
    ("s('200 OK', [['A', 'b']])", "TypeError", "tuple"),
    ("s('200 OK', [('A',)])", "TypeError", "tuple"),
    ("s('200 OK', [('A', 'b', 'c')])", "TypeError", "tuple"),
    ("s('200 OK', ['A: b'])", "TypeError", "tuple"),
    ("s('200 OK', [(b'A', 'b')])", "TypeError", "name"),
    ("s('200 OK', [('A', b'b')])", "TypeError", "value of A"),
    (
        "s('200 OK', [('Content-Length', 5)])",
        "TypeError",
        "Content-Length",
    ),
    ("s('200 OK', [('A', None)])", "TypeError", "value of A"),
    (
        r"s('200 OK', [('A', 'b\r\nSet-Cookie: evil=1')])",
        "ValueError",
        "control",
    ),
    (r"s('200 OK', [('A', 'b\n c')])", "ValueError", "control"),
    (r"s('200 OK', [('A', 'b\r')])", "ValueError", "control"),
    (r"s('200 OK', [('A', 'b\x00')])", "ValueError", "control"),
    (r"s('200 OK', [('A', 'b\x7f')])", "ValueError", "control"),
    (r"s('200 OK', [('A', '\u674e')])", "ValueError", "latin-1"),
    (r"s('200 OK', [('A', '\ud800')])", "ValueError", "latin-1"),
    (r"s('200 OK', [('A\r\nX', 'b')])", "ValueError", "name"),
    ("s('200 OK', [('A:', 'b')])", "ValueError", "name"),
    ("s('200 OK', [('A b', 'b')])", "ValueError", "name"),
    ("s('200 OK', [('', 'b')])", "ValueError", "name"),
    (r"s('200 OK', [('\xe9', 'b')])", "ValueError", "name"),
    (
        "s('200 OK', [('Connection', 'close')])",
        "ValueError",
        "Connection",
    ),
    (
        "s('200 OK', [('keep-alive', '1')])",
        "ValueError",
        "keep-alive",
    ),
    (
        "s('200 OK', [('Proxy-Authenticate', 'x')])",
        "ValueError",
        "Proxy-Authenticate",
    ),
    (
        "s('200 OK', [('Proxy-Authorization', 'x')])",
        "ValueError",
        "Proxy-Authorization",
    ),
    ("s('200 OK', [('TE', 'x')])", "ValueError", "TE"),
    ("s('200 OK', [('Trailer', 'x')])", "ValueError", "Trailer"),
    (
        "s('200 OK', [('TRANSFER-ENCODING', 'chunked')])",
        "ValueError",
        "TRANSFER-ENCODING",
    ),
    ("s('200 OK', [('Upgrade', 'x')])", "ValueError", "Upgrade"),
    (
        "s('200 OK', [('Content-Length', '-1')])",
        "ValueError",
        "Content-Length",
    ),
    (
        "s('200 OK', [('Content-Length', '1'), ('Content-Length', '2')])",
        "ValueError",
        "Content-Length",
    ),
    ("s()", "TypeError", ""),
    ("s('200 OK')", "TypeError", ""),
    ("s(status='200 OK', headers=[])", "TypeError", ""),
    ("s('200 OK', [], None, None)", "TypeError", ""),
    (
        "[s('200 OK', []), s('200 OK', [])]",
        "AssertionError",
        "second time",
    ),
    (
        "[s('200 OK', []), s('200 OK', [], None)]",
        "AssertionError",
        "second time",
    ),
];

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn what_was_right_once_is_right_in_its_own_place_only(#[case] engine: Engine) {
    let tutor = Tutor::lesson(1).engine(engine).app(DO).start();
    for _ in 0..2 {
        let right = evaluate(&tutor, "s('200 OK', [('A', 'b')])");
        assert_eq!(right.text(), "taken");
        let name = evaluate(&tutor, "s('200 OK', [('200 OK', 'b')])");
        assert_eq!(
            name.text(),
            "ValueError: '200 OK' is not a valid header name"
        );
        let status = evaluate(&tutor, "s('A', [])");
        assert!(
            status.text().starts_with("ValueError: status"),
            "{}",
            status.text()
        );
    }
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn a_bad_call_is_refused_and_told_why(#[case] engine: Engine) {
    let tutor = Tutor::lesson(1).engine(engine).app(DO).start();
    for (call, kind, about) in REFUSED {
        let answer = evaluate(&tutor, call);
        let said = answer.text();
        assert_eq!(answer.status, "299 Refused", "{call} was {said}");
        assert!(
            said.starts_with(kind) && said.contains(about),
            "{call}: {said}"
        );
        assert_eq!(answer.header("Set-Cookie"), None, "{call}");
    }
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn a_good_call_goes_out_as_it_is(#[case] engine: Engine) {
    let tutor = Tutor::lesson(1).engine(engine).app(DO).start();
    let call = r"s('299 My \xe9 Own', [('x-UPPER', '1'), ('Set-Cookie', 'a=1'), ('X', '\xe9\xff'), ('set-cookie', 'b=2'), ('Server', 'mine'), ('Date', 'today')])";
    let answer = evaluate(&tutor, call);
    let head = b"HTTP/1.1 299 My \xe9 Own\r\nx-UPPER: 1\r\nSet-Cookie: a=1\r\nX: \xe9\xff\r\n\
                 set-cookie: b=2\r\nServer: mine\r\nDate: today\r\n";
    assert!(answer.raw.starts_with(head), "{answer:?}");
    assert_eq!(answer.all("Server").len(), 1);
    assert_eq!(answer.all("Date").len(), 1);
    assert_eq!(answer.text(), "taken");
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn date_and_server_are_added_where_the_app_gave_none(#[case] engine: Engine) {
    let tutor = Tutor::lesson(1).engine(engine).app(DO).start();
    let answer = evaluate(&tutor, "s('200 OK', [])");
    let date = answer.header("Date").unwrap();
    assert!(date.ends_with(" GMT") && date.len() == 29, "{date}");
    assert!(answer.header("Server").unwrap().starts_with("wsgi-tutor/"));
}

const CALLS: &str = "
import sys

PLAIN = [('Content-Type', 'text/plain')]

def failure():
    try:
        raise KeyError('the first one')
    except KeyError:
        return sys.exc_info()

def after_a_failed_call(environ, start_response):
    try:
        start_response('bad', PLAIN)
    except ValueError:
        pass
    start_response('200 OK', PLAIN)
    return [b'unreachable']

def replaced_before_output(environ, start_response):
    start_response('200 OK', [('X-First', '1')])
    yield b''
    start_response('503 Later', [('X-Second', '2')], failure())
    yield b'replaced'

def replaced_after_output(environ, start_response):
    start_response('200 OK', PLAIN)
    yield b'before'
    start_response('500 Too Late', PLAIN, failure())
    yield b'unreachable'

def first_with_exc_info(environ, start_response):
    start_response('500 Oops', PLAIN, failure())
    return [b'page']

def as_late_as_next(environ, start_response):
    start_response('200 OK', PLAIN)
    yield b'late'

def never(environ, start_response):
    return [b'unreachable']

def never_and_empty(environ, start_response):
    return []

def writes(environ, start_response):
    write = start_response('200 OK', PLAIN)
    said = [write(b'one '), write(b''), write(b'two ')]
    return [repr(said).encode()]

def writes_text(environ, start_response):
    start_response('200 OK', PLAIN)('text')
    return []

def writes_too_late(environ, start_response):
    class Late(list):
        def close(self):
            self.write(b'too late')
    late = Late([b'in time'])
    late.write = start_response('200 OK', PLAIN)
    return late

def keeps_its_own_list(environ, start_response):
    headers = [('X-A', '1')]
    start_response('200 OK', headers)
    headers.append(('X-B', '2'))
    return [b'sent']
";

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn a_second_call_needs_exc_info(#[case] engine: Engine) {
    let tutor = Tutor::lesson(1).engine(engine).app(routed(CALLS)).start();
    let failed = tutor.get("/after_a_failed_call");
    assert_eq!(failed.status, "500 Internal Server Error");
    assert_eq!(tutor.exchange()["error"]["type"], "AssertionError");
    let replaced = tutor.get("/replaced_before_output");
    assert_eq!(replaced.status, "503 Later");
    assert_eq!(replaced.header("X-First"), None);
    assert_eq!(replaced.header("X-Second"), Some("2"));
    assert_eq!(replaced.text(), "replaced");
    assert_eq!(tutor.exchange()["error"], serde_json::Value::Null);
    let late = tutor.get("/replaced_after_output");
    assert_eq!((late.status.as_str(), late.whole), ("200 OK", false));
    assert_eq!(late.text(), "before");
    let error = &tutor.exchange()["error"];
    assert_eq!(error["type"], "KeyError");
    assert_eq!(error["message"], "'the first one'");
    assert_eq!(tutor.get("/first_with_exc_info").status, "500 Oops");
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn it_must_come_before_the_first_block(#[case] engine: Engine) {
    let tutor = Tutor::lesson(1).engine(engine).app(routed(CALLS)).start();
    assert_eq!(tutor.get("/as_late_as_next").text(), "late");
    assert_eq!(tutor.exchange()["error"], serde_json::Value::Null);
    for path in ["/never", "/never_and_empty"] {
        let answer = tutor.get(path);
        assert_eq!(answer.status, "500 Internal Server Error", "{path}");
        let message = tutor.exchange()["error"]["message"].to_string();
        assert!(message.contains("start_response was"), "{path}: {message}");
    }
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn write_comes_before_the_iterable(#[case] engine: Engine) {
    let tutor = Tutor::lesson(1).engine(engine).app(routed(CALLS)).start();
    let answer = tutor.get("/writes");
    assert_eq!(answer.text(), "one two [None, None, None]");
    assert!(answer.whole);
    tutor.exchange();
    assert_eq!(
        tutor.get("/writes_text").status,
        "500 Internal Server Error"
    );
    assert_eq!(tutor.exchange()["error"]["type"], "TypeError");
    assert_eq!(tutor.get("/writes_too_late").text(), "in time");
    assert_eq!(tutor.exchange()["error"]["type"], "AssertionError");
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn what_the_app_does_to_its_list_later_changes_nothing(#[case] engine: Engine) {
    let tutor = Tutor::lesson(1).engine(engine).app(routed(CALLS)).start();
    let answer = tutor.get("/keeps_its_own_list");
    assert_eq!(answer.header("X-A"), Some("1"));
    assert_eq!(answer.header("X-B"), None);
}

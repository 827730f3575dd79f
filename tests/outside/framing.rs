//! How the client finds the end of the body (PEP 3333, "Handling the Content-Length Header"; RFC
//! 9112, section 6).

use rstest::rstest;

#[cfg(feature = "embedded-python")]
use crate::support::EMBEDDED;
use crate::support::{Answer, Engine, SYSTEM, Tutor, routed};

const BODIES: &str = "
PLAIN = [('Content-Type', 'text/plain')]
ASKED = []

def stated(length):
    return [*PLAIN, ('Content-Length', str(length))]

def one_block(environ, start_response):
    start_response('200 OK', PLAIN)
    return [b'Hello']

def one_block_in_a_tuple(environ, start_response):
    start_response('200 OK', PLAIN)
    return b'Hello',

def two_blocks(environ, start_response):
    start_response('200 OK', PLAIN)
    return [b'Hel', b'lo']

def generated(environ, start_response):
    start_response('200 OK', PLAIN)
    yield b'Hel'
    yield b''
    yield b'lo'

def empty_list(environ, start_response):
    start_response('200 OK', PLAIN)
    return []

def empty_blocks(environ, start_response):
    start_response('200 OK', PLAIN)
    return [b'', b'']

def empty_generator(environ, start_response):
    start_response('200 OK', PLAIN)
    return iter(())

def exact(environ, start_response):
    start_response('200 OK', stated(5))
    return iter([b'Hel', b'lo'])

def too_much(environ, start_response):
    start_response('200 OK', stated(5))
    ASKED.clear()
    for block in (b'Hel', b'lo, world', b'!', b'?'):
        ASKED.append(block)
        yield block

def asked(environ, start_response):
    start_response('200 OK', PLAIN)
    return [repr(ASKED).encode()]

def too_much_written(environ, start_response):
    write = start_response('200 OK', stated(5))
    write(b'Hello, world')
    return []

def too_little(environ, start_response):
    start_response('200 OK', stated(99))
    return [b'Hello']

def stated_and_empty(environ, start_response):
    start_response('200 OK', stated(99))
    return []

def no_content(environ, start_response):
    start_response('204 No Content', stated(5))
    return [b'Hello']

def not_modified(environ, start_response):
    start_response('304 Not Modified', stated(5))
    return [b'Hello']

def large(environ, start_response):
    start_response('200 OK', PLAIN)
    return [bytes(range(256)) * 4096, b'end']
";

fn head(tutor: &Tutor, target: &str) -> Answer {
    tutor.ask(format!(
        "HEAD {target} HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n"
    ))
}

/// Paths, and the Content-Length of the answer; without one it is chunked.
const WHOLE: &[(&str, Option<&str>, &str)] = &[
    ("/one_block", Some("5"), "Hello"),
    ("/one_block_in_a_tuple", Some("5"), "Hello"),
    ("/two_blocks", None, "Hello"),
    ("/generated", None, "Hello"),
    ("/empty_list", Some("0"), ""),
    ("/empty_blocks", Some("0"), ""),
    ("/empty_generator", Some("0"), ""),
    ("/exact", Some("5"), "Hello"),
    ("/too_much", Some("5"), "Hello"),
    ("/too_much_written", Some("5"), "Hello"),
];

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn a_complete_body_says_so(#[case] engine: Engine) {
    let tutor = Tutor::lesson(1).engine(engine).app(routed(BODIES)).start();
    for (path, length, body) in WHOLE {
        let answer = tutor.get(path);
        assert_eq!(answer.header("Content-Length"), *length, "{path}");
        let chunked = answer.header("Transfer-Encoding") == Some("chunked");
        assert_eq!(chunked, length.is_none(), "{path}");
        assert_eq!(answer.text(), *body, "{path}");
        assert!(answer.whole, "{path}");
    }
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn more_than_content_length_is_cut_and_no_longer_asked_for(#[case] engine: Engine) {
    let tutor = Tutor::lesson(1).engine(engine).app(routed(BODIES)).start();
    assert_eq!(tutor.get("/too_much").text(), "Hello");
    assert_eq!(tutor.get("/asked").text(), "[b'Hel', b'lo, world']");
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn less_than_content_length_closes_the_connection(#[case] engine: Engine) {
    let tutor = Tutor::lesson(1).engine(engine).app(routed(BODIES)).start();
    for (path, body) in [("/too_little", "Hello"), ("/stated_and_empty", "")] {
        // The client does not ask for the close, and reads to the end all the same.
        let answer = tutor.ask(format!("GET {path} HTTP/1.1\r\nHost: t\r\n\r\n"));
        assert_eq!(answer.header("Content-Length"), Some("99"), "{path}");
        assert_eq!(answer.text(), body, "{path}");
        assert!(!answer.whole, "{path}");
    }
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn head_runs_the_app_and_sends_no_body(#[case] engine: Engine) {
    let tutor = Tutor::lesson(1).engine(engine).app(routed(BODIES)).start();
    for (path, ..) in WHOLE {
        let answer = head(&tutor, path);
        assert_eq!(answer.status, "200 OK", "{path}");
        assert!(answer.raw.ends_with(b"\r\n\r\n"), "{path}: {answer:?}");
        assert_eq!(
            tutor.exchange()["environ"]["REQUEST_METHOD"]["repr"],
            "'HEAD'"
        );
    }
    assert_eq!(
        head(&tutor, "/one_block").header("Content-Length"),
        Some("5")
    );
    assert_eq!(head(&tutor, "/exact").header("Content-Length"), Some("5"));
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn some_statuses_have_no_body(#[case] engine: Engine) {
    let tutor = Tutor::lesson(1).engine(engine).app(routed(BODIES)).start();
    let mut client = tutor.connect();
    client.send("GET /no_content HTTP/1.1\r\nHost: t\r\n\r\n");
    let nothing = Answer::read(&client.until(b"\r\n\r\n"), true);
    assert_eq!(nothing.status, "204 No Content");
    assert_eq!(nothing.header("Content-Length"), None);
    assert_eq!(nothing.header("Transfer-Encoding"), None);
    client.send("GET /not_modified HTTP/1.1\r\nHost: t\r\n\r\n");
    let same = Answer::read(&client.until(b"\r\n\r\n"), true);
    assert_eq!(same.status, "304 Not Modified");
    assert_eq!(same.header("Transfer-Encoding"), None);
    // What comes next on the connection is the next answer.
    client.send("GET /one_block HTTP/1.1\r\nHost: t\r\n\r\n");
    assert_eq!(client.answer().text(), "Hello");
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn an_old_client_gets_no_chunks(#[case] engine: Engine) {
    let tutor = Tutor::lesson(1).engine(engine).app(routed(BODIES)).start();
    let answer = tutor.ask("GET /generated HTTP/1.0\r\n\r\n");
    assert_eq!(answer.header("Transfer-Encoding"), None);
    assert_eq!(answer.header("Connection"), Some("close"));
    assert_eq!(answer.text(), "Hello");
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn a_large_body_arrives_whole(#[case] engine: Engine) {
    let tutor = Tutor::lesson(1).engine(engine).app(routed(BODIES)).start();
    let answer = tutor.get("/large");
    assert!(answer.whole);
    assert_eq!(answer.body.len(), 256 * 4096 + 3);
    assert!(answer.body.ends_with(b"\xfe\xffend"));
    assert_eq!(
        tutor.exchange()["response"]["body"]["length"],
        256 * 4096 + 3
    );
}

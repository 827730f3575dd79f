//! `close()` is called exactly once, whatever happens (PEP 3333, "Specification Details").

use rstest::rstest;

#[cfg(feature = "embedded-python")]
use crate::support::EMBEDDED;
use crate::support::{Engine, SYSTEM, Tutor, routed};

const CLOSED: &str = "
import io, os, time

PLAIN = [('Content-Type', 'text/plain')]
CLOSED = []

class Body:
    def __init__(self, blocks):
        self.blocks = blocks
    def __iter__(self):
        for block in self.blocks:
            if isinstance(block, Exception):
                raise block
            yield block
    def close(self):
        CLOSED.append('closed')

def closed(environ, start_response):
    start_response('200 OK', PLAIN)
    said = repr(CLOSED)
    CLOSED.clear()
    return [said.encode()]

def normal(environ, start_response):
    start_response('200 OK', PLAIN)
    return Body([b'Hello'])

def empty(environ, start_response):
    start_response('200 OK', PLAIN)
    return Body([])

def raises_before(environ, start_response):
    start_response('200 OK', PLAIN)
    return Body([ValueError('before')])

def raises_during(environ, start_response):
    start_response('200 OK', PLAIN)
    return Body([b'Hello', ValueError('during')])

def text(environ, start_response):
    start_response('200 OK', PLAIN)
    return Body([b'Hello', 'text'])

def no_start_response(environ, start_response):
    return Body([b'Hello'])

def too_much(environ, start_response):
    start_response('200 OK', [('Content-Length', '2')])
    return Body([b'Hello', b'world'])

def no_content(environ, start_response):
    start_response('204 No Content', [])
    return Body([b'Hello'])

def endless(environ, start_response):
    def blocks():
        while True:
            yield b'x' * 65536
    start_response('200 OK', PLAIN)
    return Body(blocks())

def waits(environ, start_response):
    while not os.path.exists(environ['QUERY_STRING']):
        time.sleep(0.005)
    return endless(environ, start_response)

def close_raises(environ, start_response):
    class Bad(Body):
        def close(self):
            super().close()
            raise ValueError('in close')
    start_response('200 OK', PLAIN)
    return Bad([b'Hello'])

class File:
    def __init__(self, data):
        self.file = io.BytesIO(data)
    def read(self, size):
        return self.file.read(size)
    def close(self):
        CLOSED.append('file')

def file(environ, start_response):
    body = File(b'0123456789' * 2000)
    body.read(5)
    start_response('200 OK', PLAIN)
    return environ['wsgi.file_wrapper'](body, 4096)
";

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn the_iterable_is_closed_once(#[case] engine: Engine) {
    let tutor = Tutor::lesson(1).engine(engine).app(routed(CLOSED)).start();
    for request in [
        "GET /normal",
        "HEAD /normal",
        "GET /empty",
        "GET /raises_before",
        "GET /raises_during",
        "GET /text",
        "GET /no_start_response",
        "GET /too_much",
        "GET /no_content",
        "GET /close_raises",
    ] {
        tutor.ask(format!(
            "{request} HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n"
        ));
        assert_eq!(tutor.get("/closed").text(), "['closed']", "{request}");
    }
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn it_is_closed_when_the_client_leaves(#[case] engine: Engine) {
    let tutor = Tutor::lesson(1).engine(engine).app(routed(CLOSED)).start();
    let mut client = tutor.connect();
    client
        .send("GET /endless HTTP/1.1\r\nHost: t\r\n\r\n")
        .until(b"xxx");
    drop(client);
    let events = tutor.exchange()["events"].to_string();
    assert!(events.contains("client-gone") && events.contains("close-called"));
    assert_eq!(tutor.get("/closed").text(), "['closed']");
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn it_is_closed_when_the_client_left_before_there_was_an_answer(#[case] engine: Engine) {
    let tutor = Tutor::lesson(1).engine(engine).app(routed(CLOSED)).start();
    let folder = tempfile::tempdir().unwrap();
    let sign = folder.path().join("go-on");
    let mut client = tutor.connect();
    client.send(crate::support::get(&format!("/waits?{}", sign.display())));
    drop(client);
    std::fs::write(sign, "").unwrap();
    let events = tutor.exchange()["events"].to_string();
    assert!(events.contains("client-gone") && events.contains("close-called"));
    assert_eq!(tutor.get("/closed").text(), "['closed']");
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn an_error_in_close_is_told_and_spoils_nothing(#[case] engine: Engine) {
    let tutor = Tutor::lesson(1).engine(engine).app(routed(CLOSED)).start();
    let answer = tutor.get("/close_raises");
    assert_eq!(
        (answer.status.as_str(), answer.text().as_str()),
        ("200 OK", "Hello")
    );
    assert_eq!(tutor.exchange()["error"]["message"], "in close");
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn a_wrapped_file_goes_from_where_it_stands_and_is_closed(#[case] engine: Engine) {
    let tutor = Tutor::lesson(1).engine(engine).app(routed(CLOSED)).start();
    let answer = tutor.get("/file");
    assert_eq!(answer.text(), "0123456789".repeat(2000)[5..]);
    assert!(answer.whole);
    assert_eq!(tutor.get("/closed").text(), "['file']");
}

/// A middleware that closes the body in another method, after the last block only.
const WATCHED: &str = "\
class Watched:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        return self.watch(self.app(environ, start_response))

    def watch(self, body):
        for block in body:
            yield block
        if hasattr(body, 'close'):
            body.close()

class Rows:
    def __iter__(self):
        for number in range(4000):
            yield b'x' * 2000

    def close(self):
        CLOSE

def rows(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return Rows()

application = Watched(rows)
";

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn a_close_that_did_not_run_is_found_whatever_it_would_do(#[case] engine: Engine) {
    for close in ["self.rows = None", "pass"] {
        let app = WATCHED.replace("CLOSE", close);
        let tutor = Tutor::run("app.py", &[("app.py", &app)]).engine(engine);
        let tutor = tutor.start();
        let mut client = tutor.connect();
        client
            .send("GET / HTTP/1.1\r\nHost: t\r\n\r\n")
            .until(b"xxx");
        drop(client);
        let exchange = tutor.exchange();
        assert_eq!(
            exchange["diagnoses"][0]["slug"], "close-swallowed",
            "{close}"
        );
        tutor.get("/");
        assert_eq!(
            tutor.exchange()["diagnoses"],
            serde_json::json!([]),
            "{close}"
        );
    }
}

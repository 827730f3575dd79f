//! Each block leaves at once (PEP 3333, "Buffering and Streaming").

use rstest::rstest;

#[cfg(feature = "embedded-python")]
use crate::support::EMBEDDED;
use crate::support::{Answer, Engine, SYSTEM, Tutor, routed};

/// Apps that go on only when the test says so, by making a file.
const WAITS: &str = "
import os, time

def wait_for(environ):
    while not os.path.exists(environ['QUERY_STRING']):
        time.sleep(0.005)

def yields(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    yield b'first'
    wait_for(environ)
    yield b'second'

def writes(environ, start_response):
    write = start_response('200 OK', [('Content-Type', 'text/plain')])
    write(b'first')
    wait_for(environ)
    write(b'second')
    return []

def states_its_length(environ, start_response):
    start_response('200 OK', [('Content-Length', '11')])
    return yields(environ, lambda *_: None)

def waits_before_the_first_block(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    yield b''
    wait_for(environ)
    yield b'first'
    yield b'second'
";

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn a_block_leaves_before_the_next_one_is_made(#[case] engine: Engine) {
    let tutor = Tutor::lesson(1).engine(engine).app(routed(WAITS)).start();
    for path in ["/yields", "/writes", "/states_its_length"] {
        let folder = tempfile::tempdir().unwrap();
        let sign = folder.path().join("go-on");
        let mut client = tutor.connect();
        client.send(crate::support::get(&format!("{path}?{}", sign.display())));
        let mut bytes = client.until(b"first");
        std::fs::write(sign, "").unwrap();
        bytes.extend(client.rest());
        let answer = Answer::read(&bytes, false);
        assert_eq!(answer.text(), "firstsecond", "{path}");
        assert!(answer.whole, "{path}");
    }
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn nothing_leaves_before_the_first_block_that_holds_something(#[case] engine: Engine) {
    let tutor = Tutor::lesson(1).engine(engine).app(routed(WAITS)).start();
    let folder = tempfile::tempdir().unwrap();
    let sign = folder.path().join("go-on");
    std::fs::write(&sign, "").unwrap();
    let target = format!("/waits_before_the_first_block?{}", sign.display());
    assert_eq!(tutor.get(&target).text(), "firstsecond");
    let exchange = tutor.exchange();
    let kinds: Vec<&str> = exchange["events"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|event| event["kind"].as_str())
        .filter(|kind| ["returned", "headers-sent", "block"].contains(kind))
        .collect();
    assert_eq!(kinds, ["returned", "block", "headers-sent", "block"]);
}

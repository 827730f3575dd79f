//! An answer that goes on, and requests that wait for its end: who waits for whom is told, and whoever has left
//! is waited for no longer.

use std::time::{Duration, Instant};

use rstest::rstest;
use serde_json::{Value, json};

#[cfg(feature = "embedded-python")]
use crate::support::EMBEDDED;
use crate::support::{Answer, Engine, SYSTEM, Tutor, get, routed};

const APPS: &str = "
import time

def stream(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/event-stream')])
    while True:
        yield b'data: x\\n\\n'
        time.sleep(0.2)

def some(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    for number in range(10):
        yield b'%d ' % number
        time.sleep(0.2)

def hello(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'Hello']
";

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn who_waits_for_whom_is_told_and_who_leaves_lets_the_next_one_through(#[case] engine: Engine) {
    let tutor = Tutor::lesson(1).engine(engine).app(routed(APPS)).start();
    let mut stream = tutor.connect();
    stream.send(get("/stream"));
    stream.until(b"data: x");
    let mut next = tutor.connect();
    next.send(get("/hello"));
    let told = tutor.told("waiting");
    assert_eq!((&told["id"], &told["behind"]), (&json!(2), &json!([1])));
    assert!(next.is_waiting());
    drop(stream);
    assert!(next.rest().ends_with(b"Hello"));
    let first = exchange(&tutor, 1);
    assert_eq!(
        kinds(&first)
            .iter()
            .filter(|it| *it == "client-gone")
            .count(),
        1
    );
    assert!(
        kinds(&first).contains(&"close-called".to_owned()),
        "{first}"
    );
    let second = exchange(&tutor, 2);
    let waiting = second["events"].as_array().unwrap();
    let waiting = waiting.iter().find(|it| it["kind"] == "waiting").unwrap();
    assert_eq!(waiting["behind"], json!([1]));
}

/// The exchange with this id, whichever is told first.
fn exchange(tutor: &Tutor, id: u64) -> Value {
    tutor.wait_for("exchange", |line| {
        line["type"] == "exchange" && line["id"] == id
    })
}

/// The kinds of an exchange's events.
fn kinds(exchange: &Value) -> Vec<String> {
    let events = exchange["events"].as_array().unwrap();
    let kind = |event: &Value| event["kind"].as_str().unwrap().to_owned();
    events.iter().map(kind).collect()
}

const HEARTBEAT: &str = "
import os, queue, time

CLOSED = []

def beats(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/event-stream')])
    try:
        while True:
            yield b': beat\\n\\n'
            if environ['QUERY_STRING'] == 'sleeps':
                time.sleep(9)
            else:
                try:
                    queue.Queue().get(timeout=9)
                except queue.Empty:
                    pass
    finally:
        CLOSED.append('closed')

def closed(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [f'{os.getpid()} {CLOSED}'.encode()]
";

/// The embedded Python's locks cannot be interrupted.
#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED, "sleeps"))]
#[case::system(SYSTEM, "sleeps")]
#[case::system_queue(SYSTEM, "waits for a queue")]
fn an_app_that_waits_between_two_blocks_for_a_client_that_left_is_interrupted(
    #[case] engine: Engine,
    #[case] how: &str,
) {
    let app = routed(HEARTBEAT);
    let tutor = Tutor::lesson(1).engine(engine).app(app).start();
    let worker = tutor.get("/closed").text();
    let mut stream = tutor.connect();
    stream.send(get(&format!("/beats?{}", how.replace(' ', "+"))));
    stream.until(b": beat");
    drop(stream);
    let asked = Instant::now();
    let answer = tutor.get("/closed").text();
    assert!(
        asked.elapsed() < Duration::from_secs(5),
        "{:?}",
        asked.elapsed()
    );
    // The same process goes on, and the generator has come to its end.
    assert_eq!(answer, worker.replace("[]", "['closed']"));
    let first = exchange(&tutor, 2);
    assert!(kinds(&first).contains(&"client-gone".to_owned()), "{first}");
    assert_eq!(
        (&first["error"], &first["diagnoses"]),
        (&json!(null), &json!([]))
    );
}

#[test]
fn who_has_nothing_more_to_say_gets_an_answer_as_long_as_nobody_waits() {
    let tutor = Tutor::lesson(1).app(routed(APPS)).start();
    let mut half = tutor.connect();
    half.send(get("/some")).finish();
    let answer = Answer::read(&half.rest(), false);
    assert!(answer.whole && answer.text().ends_with("9 "), "{answer:?}");
    tutor.exchange();
    let mut half = tutor.connect();
    half.send(get("/stream")).finish();
    half.until(b"data: x");
    assert_eq!(tutor.get("/hello").text(), "Hello");
    let first = exchange(&tutor, 2);
    assert!(kinds(&first).contains(&"client-gone".to_owned()), "{first}");
    // It is still there, and sees that the end is missing.
    let rest = half.rest();
    assert!(!rest.ends_with(b"0\r\n\r\n"), "{rest:?}");
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn several_that_are_waited_for_are_told(#[case] engine: Engine) {
    let app = routed(APPS);
    let tutor = Tutor::run("app.py", &[("app.py", &app)])
        .engine(engine)
        .option("--threads", "2")
        .start();
    let streams: Vec<_> = (0..2)
        .map(|_| {
            let mut stream = tutor.connect();
            stream.send(get("/stream"));
            stream.until(b"data: x");
            stream
        })
        .collect();
    let mut next = tutor.connect();
    next.send(get("/hello"));
    assert_eq!(tutor.told("waiting")["behind"], json!([1, 2]));
    drop(streams);
    assert!(next.rest().ends_with(b"Hello"));
}

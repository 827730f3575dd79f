//! An answer that goes on, and requests that wait for its end: who waits for whom is told, and
//! whoever has left is waited for no longer.

use std::time::{Duration, Instant};

use rstest::rstest;
use serde_json::{Value, json};

#[cfg(feature = "embedded-python")]
use crate::support::EMBEDDED;
use crate::support::{Answer, Engine, STREAMS, SYSTEM, Tutor, get, routed};

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn who_waits_for_whom_is_told_and_who_leaves_lets_the_next_one_through(#[case] engine: Engine) {
    let tutor = Tutor::lesson(1).engine(engine).app(routed(STREAMS)).start();
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

/// A GET of a browser, with headers that say whence it comes.
fn by_browser(target: &str, headers: &str) -> String {
    format!("GET {target} HTTP/1.1\r\nHost: tutor\r\nUser-Agent: Browser\r\n{headers}\r\n\r\n")
}

/// It keeps the page and its events until the next page begins to come.
#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn a_browser_that_follows_a_link_gets_the_next_page_at_once(#[case] engine: Engine) {
    let tutor = Tutor::lesson(1).engine(engine).app(routed(STREAMS)).start();
    let mut events = tutor.connect();
    events.send(by_browser("/beats", "Referer: http://tutor/page"));
    events.until(b": beat");
    let asked = Instant::now();
    let link = "Sec-Fetch-Dest: document\r\nReferer: http://tutor/page\r\nConnection: close";
    let answer = tutor.ask(by_browser("/hello", link));
    let took = asked.elapsed();
    assert_eq!(answer.text(), "Hello");
    assert!(took < Duration::from_secs(5), "{took:?}");
    let first = exchange(&tutor, 1);
    let ended = first["events"].as_array().unwrap();
    let ended = ended.iter().filter(|it| it["kind"] == "interrupted");
    let next: Vec<_> = ended.map(|it| it["next"].clone()).collect();
    assert_eq!(next, [json!(2)], "{first}");
}

#[test]
fn another_page_ends_nobodys_events() {
    let tutor = Tutor::lesson(1).app(routed(STREAMS)).start();
    let mut events = tutor.connect();
    events.send(by_browser("/stream", "Referer: http://tutor/page"));
    events.until(b"data: x");
    let mut next = tutor.connect();
    let link = "Sec-Fetch-Dest: document\r\nReferer: http://tutor/another";
    next.send(by_browser("/hello", link));
    assert_eq!(tutor.told("waiting")["behind"], json!([1]));
    events.until(b"data: x");
    drop(events);
    next.until(b"Hello");
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

/// The embedded Python's locks cannot be interrupted.
#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED, "sleeps"))]
#[case::system(SYSTEM, "sleeps")]
#[case::system_queue(SYSTEM, "queue")]
fn an_app_that_waits_between_two_blocks_for_a_client_that_left_is_interrupted(
    #[case] engine: Engine,
    #[case] how: &str,
) {
    let app = routed(STREAMS);
    let tutor = Tutor::lesson(1).engine(engine).app(app).start();
    let worker = tutor.get("/closed").text();
    let mut stream = tutor.connect();
    stream.send(get(&format!("/beats?{how}")));
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
    let tutor = Tutor::lesson(1).app(routed(STREAMS)).start();
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
    let app = routed(STREAMS);
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

//! Answers and output without measure: they are bounded, told truly, and end when they must.

use rstest::rstest;
use serde_json::json;

#[cfg(feature = "embedded-python")]
use crate::support::EMBEDDED;
use crate::support::{Engine, SYSTEM, Tutor, get, routed};

const APPS: &str = "
import itertools

def ticks(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return (b'tick ' for _ in itertools.count())

def nothing_to_send(environ, start_response):
    start_response('204 No Content', [])
    return (b'tick ' for _ in itertools.count())

def many(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return (b'x' for _ in range(5000))

def prints(environ, start_response):
    print('x' * 5_000_000)
    environ['wsgi.errors'].write('y' * 5_000_000)
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'printed']

def promises_more(environ, start_response):
    start_response('200 OK', [('Content-Length', '50')])
    return [b'x']

def promises_less(environ, start_response):
    start_response('200 OK', [('Content-Length', '1')])
    return [b'xyz']
";

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn an_answer_without_a_body_asks_for_no_more_than_one_block(#[case] engine: Engine) {
    let tutor = Tutor::lesson(1).engine(engine).app(routed(APPS)).start();
    let head = tutor.ask("HEAD /ticks HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n");
    assert_eq!(head.status, "200 OK");
    assert_eq!(tutor.get("/nothing_to_send").status, "204 No Content");
    assert_eq!(tutor.get("/many").text().len(), 5000);
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn an_answer_without_end_gives_way_to_a_save(#[case] engine: Engine) {
    let tutor = Tutor::lesson(1).engine(engine).app(routed(APPS)).start();
    let mut client = tutor.connect();
    client.send(get("/ticks"));
    client.until(b"tick ");
    tutor.save(&routed("def ticks(environ, start_response):\n    start_response('200 OK', [])\n    return [b'saved']\n"));
    // It reads on, so only the save can end it.
    client.rest();
    assert_eq!(tutor.get("/ticks").text(), "saved");
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn the_true_length_is_told_even_where_not_every_block_is(#[case] engine: Engine) {
    let tutor = Tutor::lesson(1).engine(engine).app(routed(APPS)).start();
    tutor.get("/many");
    let exchange = tutor.exchange();
    assert_eq!(exchange["response"]["body"]["length"], 5000);
    assert!(exchange["events"].as_array().unwrap().len() < 5000);
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn output_of_any_length_costs_no_worker(#[case] engine: Engine) {
    let tutor = Tutor::lesson(1).engine(engine).app(routed(APPS)).start();
    assert_eq!(tutor.get("/prints").text(), "printed");
    let exchange = tutor.exchange();
    assert_eq!(exchange["error"], json!(null));
    assert!(exchange["printed"].as_str().unwrap().starts_with("xxx"));
}

#[rstest]
#[case("/promises_more", "content-length-too-long")]
#[case("/promises_less", "content-length-too-short")]
fn a_wrong_content_length_is_diagnosed(#[case] path: &str, #[case] slug: &str) {
    let tutor = Tutor::lesson(1).engine(SYSTEM).app(routed(APPS)).start();
    tutor.ask(get(path));
    assert_eq!(tutor.exchange()["diagnoses"][0]["slug"], slug);
}

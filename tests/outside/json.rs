//! The lines of `--json`, as `docs/json.md` promises them to other programs.

use rstest::rstest;
use rustix::process::Signal;
use serde_json::{Value, json};

#[cfg(feature = "embedded-python")]
use crate::support::EMBEDDED;
use crate::support::{Answer, Engine, SYSTEM, Tutor, get, post};

fn keys(object: &Value) -> Vec<&str> {
    let object = object.as_object().expect("it is an object");
    object.keys().map(String::as_str).collect()
}

#[rstest]
#[cfg_attr(
    feature = "embedded-python",
    case::embedded(EMBEDDED, "embedded", "rustpython")
)]
#[case::system(SYSTEM, "system", "cpython")]
fn serving_says_what_serves_where(
    #[case] engine: Engine,
    #[case] kind: &str,
    #[case] implementation: &str,
) {
    let tutor = Tutor::lesson(2).engine(engine).start();
    let serving = &tutor.serving;
    assert_eq!(
        keys(serving),
        [
            "type", "url", "mount", "lesson", "app", "python", "taken", "public"
        ]
    );
    assert_eq!(
        (&serving["taken"], &serving["public"]),
        (&Value::Null, &json!(false))
    );
    assert_eq!(serving["lesson"], 2);
    assert_eq!(serving["app"], tutor.app().to_str().unwrap());
    assert_eq!(
        keys(&serving["python"]),
        ["engine", "implementation", "version", "path", "chosen"]
    );
    assert_eq!(serving["python"]["chosen"], Value::Null);
    assert_eq!(serving["python"]["engine"], kind);
    assert_eq!(serving["python"]["implementation"], implementation);
    assert!(
        serving["python"]["version"]
            .as_str()
            .unwrap()
            .starts_with("3.")
    );
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn an_exchange_is_told_whole(#[case] engine: Engine) {
    let tutor = Tutor::lesson(2).engine(engine).start();
    tutor.ask(post("/form?x=1", "name=Zo%C3%AB"));
    let exchange = tutor.exchange();
    assert_eq!(
        keys(&exchange),
        [
            "type",
            "id",
            "request",
            "environ",
            "response",
            "printed",
            "logged",
            "error",
            "diagnoses",
            "events",
            "duration_us"
        ]
    );
    assert_eq!(exchange["id"], 1);
    let request = &exchange["request"];
    assert_eq!(
        keys(request),
        ["method", "target", "version", "headers", "body"]
    );
    assert_eq!(request["method"], "POST");
    assert_eq!(request["target"], "/form?x=1");
    assert_eq!(request["version"], "HTTP/1.1");
    assert_eq!(request["headers"][0], json!(["Host", "tutor"]));
    assert_eq!(
        request["body"],
        json!({"length": 13, "text": "name=Zo%C3%AB"})
    );
    assert_eq!(
        keys(&exchange["environ"]["PATH_INFO"]),
        ["repr", "type", "from"]
    );
    let response = &exchange["response"];
    assert_eq!(keys(response), ["status", "headers", "body"]);
    assert_eq!(response["status"], "200 OK");
    assert_eq!(
        response["headers"][0],
        json!(["Content-Type", "text/html; charset=utf-8"])
    );
    assert!(
        response["body"]["text"]
            .as_str()
            .unwrap()
            .contains("Hello, Zoë!")
    );
    assert_eq!(exchange["printed"], "");
    assert_eq!(exchange["logged"], "");
    assert_eq!(exchange["error"], Value::Null);
    assert_eq!(exchange["diagnoses"], json!([]));
    assert!(exchange["duration_us"].as_u64().unwrap() > 0);
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn events_stand_in_the_order_they_happened(#[case] engine: Engine) {
    let tutor = Tutor::lesson(2).engine(engine).start();
    tutor.ask(post("/", "name=Ada"));
    let exchange = tutor.exchange();
    let events = exchange["events"].as_array().unwrap();
    let times: Vec<u64> = events
        .iter()
        .filter_map(|event| event["at_us"].as_u64())
        .collect();
    assert!(
        times.is_sorted() && times.len() == events.len(),
        "{times:?}"
    );
    let kinds: Vec<&str> = events
        .iter()
        .filter_map(|event| event["kind"].as_str())
        // The lines between them are another test's.
        .filter(|kind| !["bytes-received", "line"].contains(kind))
        .collect();
    assert_eq!(
        kinds,
        [
            "connection-opened",
            "request-read",
            "environ-built",
            "app-called",
            "input-read",
            "start-response",
            "returned",
            "block",
            "headers-sent",
            "bytes-sent",
            "finished"
        ]
    );
}

#[test]
fn a_body_that_is_no_text_is_told_as_base64() {
    let app = "
def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'image/png')])
    return [b'\\x89PNG']
";
    let tutor = Tutor::lesson(1).app(app).start();
    tutor.ask(post("/", b"\xff\x00"));
    let exchange = tutor.exchange();
    assert_eq!(
        exchange["request"]["body"],
        json!({"length": 2, "base64": "/wA="})
    );
    assert_eq!(
        exchange["response"]["body"],
        json!({"length": 4, "base64": "iVBORw=="})
    );
}

#[test]
fn the_other_lines_have_their_keys() {
    let app = "
import os

def application(environ, start_response):
    if environ['PATH_INFO'] == '/exit':
        os._exit(3)
    raise ValueError('message')
";
    let tutor = Tutor::lesson(1).app(app).start();
    assert_eq!(
        keys(&tutor.told("reloaded")),
        ["type", "file", "callable", "error", "diagnoses", "printed"]
    );
    tutor.get("/");
    let error = tutor.exchange()["error"].take();
    assert_eq!(
        keys(&error),
        ["type", "message", "traceback", "file", "line"]
    );
    tutor.get("/exit");
    let died = tutor.told("worker-died");
    assert_eq!(keys(&died), ["type", "reason"]);
    tutor.ask("rubbish\r\n\r\n");
    let refused = tutor.told("refused");
    assert_eq!(
        keys(&refused),
        [
            "type", "id", "status", "reason", "detail", "bytes", "peer", "events"
        ]
    );
    assert_eq!(refused["id"], 3);
}

const SLOW: &str = "
import time

def application(environ, start_response):
    open(environ['QUERY_STRING'], 'w').close()
    time.sleep(8)
    start_response('200 OK', [])
    return [b'x']
";

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn a_signal_within_a_request_is_no_death_of_the_application(#[case] engine: Engine) {
    for signal in [Signal::INT, Signal::TERM, Signal::HUP] {
        let tutor = Tutor::lesson(1).engine(engine).app(SLOW).start();
        let folder = tempfile::tempdir().unwrap();
        let sign = folder.path().join("called");
        let mut client = tutor.connect();
        client.send(get(&format!("/?{}", sign.display())));
        let mut next = tutor.connect();
        while !sign.exists() {
            std::thread::yield_now();
        }
        next.send(get("/next"));
        let ended = tutor.stop(signal);
        let page = Answer::read(&client.rest(), false);
        assert_eq!(page.status, "502 Bad Gateway");
        assert!(
            page.text().contains("wsgi-tutor was stopped"),
            "{}",
            page.text()
        );
        let told = |id: u64| {
            let mut lines = ended.lines.iter();
            let line = lines.find(|line| line["type"] == "exchange" && line["id"] == id);
            line.cloned()
        };
        let told = told(1).expect("it is told");
        assert_eq!(
            told["error"]["message"],
            "wsgi-tutor was stopped while it ran"
        );
        assert_eq!(told["response"]["status"], "502 Bad Gateway");
        let is_other = |line: &&Value| {
            !["exchange", "reloaded", "waiting"].contains(&line["type"].as_str().unwrap())
        };
        let others: Vec<&Value> = ended.lines.iter().filter(is_other).collect();
        assert_eq!(others, [&json!({"type": "stopped"})]);
        assert_eq!(ended.stderr, "");
    }
}

#[test]
fn a_signal_ends_it_with_one_last_line() {
    for signal in [Signal::INT, Signal::TERM, Signal::HUP] {
        let tutor = Tutor::lesson(1).start();
        tutor.get("/");
        let ended = tutor.stop(signal);
        assert_eq!(ended.status.code(), Some(0), "{signal:?}");
        assert_eq!(
            ended.lines.last(),
            Some(&json!({"type": "stopped"})),
            "{signal:?}"
        );
        assert_eq!(ended.stderr, "", "{signal:?}");
    }
}

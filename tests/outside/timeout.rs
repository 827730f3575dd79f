//! How long an application may take: `--timeout`.

use std::process::Command;

use rstest::rstest;
use serde_json::Value;

#[cfg(feature = "embedded-python")]
use crate::support::EMBEDDED;
use crate::support::{Engine, SYSTEM, Tutor, write_files};

/// Takes so many seconds to load, and by the path to answer, for a block, or for `close()`.
const SLOW: &str = "\
import time

time.sleep(LOADING)

class Answer:
    def __init__(self, path):
        self.path = path
    def __iter__(self):
        yield b'one '
        if self.path == '/block': time.sleep(SECONDS)
        yield b'two'
    def close(self):
        if self.path == '/close': time.sleep(SECONDS)

def application(environ, start_response):
    if environ['PATH_INFO'] == '/call': time.sleep(SECONDS)
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return Answer(environ['PATH_INFO'])
";

fn slow(loading: u32, seconds: u32) -> String {
    let seconds = SLOW.replace("SECONDS", &seconds.to_string());
    seconds.replace("LOADING", &loading.to_string())
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED, &[]))]
#[case::system(SYSTEM, &[])]
#[case::threads(SYSTEM, &["2"])]
fn an_app_is_stopped_after_the_time_it_was_given(#[case] engine: Engine, #[case] threads: &[&str]) {
    let app = slow(0, 600);
    let plan = Tutor::run("app.py", &[("app.py", &app)]).engine(engine);
    let mut plan = plan.option("--timeout", "1");
    for threads in threads {
        plan = plan.option("--threads", threads);
    }
    let tutor = plan.start();
    let unanswered = (
        "no answer after 1 s",
        "gunicorn ends its worker after 30 seconds and answers 500.",
    );
    let cut_off = ("nothing came for 1 s", "and the page is truncated.");
    for (path, stopped, (what, elsewhere)) in [
        ("/call", "", unanswered),
        ("/block", " after its answer had begun", cut_off),
        ("/close", " after its answer had begun", cut_off),
    ] {
        tutor.get(path);
        let exchange = tutor.exchange();
        let message = exchange["error"]["message"].as_str().unwrap();
        let expected = format!("the app was stopped{stopped}: {what} (line ");
        assert!(message.starts_with(&expected), "{path}: {message}");
        let found = &exchange["diagnoses"][0];
        assert_eq!(found["slug"], "app-hangs", "{path}");
        let said = found["elsewhere"].as_str().unwrap();
        assert!(said.ends_with(elsewhere), "{path}: {said}");
    }
}

#[test]
fn an_app_may_take_the_time_it_was_given() {
    let app = slow(11, 11);
    let plan = Tutor::run("app.py", &[("app.py", &app)]);
    let tutor = plan.option("--timeout", "14").start();
    assert_eq!(tutor.told("reloaded")["error"], Value::Null);
    assert_eq!(tutor.get("/call").text(), "one two");
    assert_eq!(tutor.exchange()["error"], Value::Null);
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn loading_is_stopped_too(#[case] engine: Engine) {
    let app = slow(600, 0);
    let plan = Tutor::run("app.py", &[("app.py", &app)]).engine(engine);
    let tutor = plan.option("--timeout", "1").start();
    let mut told = tutor.told("reloaded");
    let error = told["error"].take();
    assert_eq!(
        error["message"],
        "loading the file did not finish within 1 s; it was still at line 3 of app.py: time.sleep(600)"
    );
    let found = &told["diagnoses"][0];
    assert_eq!(
        found["elsewhere"],
        "The limit is the tutor's: wsgiref and waitress wait until the module is loaded."
    );
}

#[test]
fn check_stops_an_app_after_the_time_it_was_given() {
    let root = tempfile::tempdir().unwrap();
    let app = slow(0, 600).replace("== '/call'", "== '/'");
    write_files(root.path(), &[("app.py", app)]);
    let mut command = Command::new(env!("CARGO_BIN_EXE_wsgi-tutor"));
    command.args([
        "check",
        "app.py",
        "--json",
        "--timeout",
        "1",
        "--python",
        SYSTEM,
    ]);
    let output = command.current_dir(root.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let found = &report["diagnoses"][0];
    assert_eq!(found["slug"], "app-hangs");
    let message = found["message"].as_str().unwrap();
    assert!(message.contains("no answer after 1 s"), "{message}");
}

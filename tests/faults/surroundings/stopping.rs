//! The tutor is stopped while it answers, and its worker while it does not.

use rustix::process::{Pid, Signal, kill_process};
use serde_json::json;

use crate::support::{Answer, Process, Tutor, get};
use crate::table::{Section, assert_row};
use crate::watch::until;

const SLOW: &str = "
import time

def application(environ, start_response):
    open(environ['QUERY_STRING'], 'w').close()
    time.sleep(8)
    start_response('200 OK', [])
    return [b'x']
";

#[test]
fn within_a_request() {
    let tutor = Tutor::lesson(1).app(SLOW).start();
    let folder = tempfile::tempdir().unwrap();
    let sign = folder.path().join("called");
    let mut client = tutor.connect();
    client.send(get(&format!("/?{}", sign.display())));
    until("the call", || sign.exists(), |is_there| *is_there);
    let ended = tutor.stop(Signal::TERM);
    let page = Answer::read(&client.rest(), false);
    assert_eq!(page.status, "502 Bad Gateway");
    assert!(page.text().contains("wsgi-tutor was stopped"), "{page:?}");
    let (last, told) = ended.lines.split_last().unwrap();
    assert_eq!(last, &json!({"type": "stopped"}));
    let exchange = told.last().unwrap();
    assert_eq!(
        (&exchange["type"], &exchange["id"]),
        (&json!("exchange"), &json!(1))
    );
    assert_row(
        Section::Surroundings,
        "SIGTERM while the application answers",
        "the client gets a 502 that says that wsgi-tutor was stopped; --json tells the exchange, and that it stopped",
    );
}

const PROCESS: &str = "
import os

def application(environ, start_response):
    start_response('200 OK', [])
    return [str(os.getpid()).encode()]
";

#[test]
fn an_idle_worker_is_killed() {
    let tutor = Tutor::lesson(1).app(PROCESS).start();
    let worker = tutor.get("/").text();
    let id = Pid::from_raw(worker.parse().unwrap()).unwrap();
    let process = Process::running(id);
    kill_process(id, Signal::KILL).unwrap();
    assert!(process.ends());
    let answer = tutor.get("/");
    assert_eq!(answer.status, "200 OK");
    assert_ne!(answer.text(), worker);
    let died = tutor.told("worker-died");
    let reason = died["reason"].as_str().unwrap();
    assert_eq!(reason, "it was ended by signal 9 (SIGKILL)");
    assert_row(
        Section::Surroundings,
        "the system kills the worker while it has nothing to do",
        "that is told, and a new process answers the next request",
    );
}

//! The worker process: what becomes of an app that hangs, exits, crashes or eats all memory, and of
//! the process itself when the tutor ends.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;

use rstest::rstest;
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

#[cfg(feature = "embedded-python")]
use crate::support::EMBEDDED;
use crate::support::{Engine, Process, SYSTEM, Tutor, children, routed};

const FATAL: &str = "
import os, signal, sys

PLAIN = [('Content-Type', 'text/plain')]

def hello(environ, start_response):
    start_response('200 OK', PLAIN)
    return [b'Hello']

def process(environ, start_response):
    start_response('200 OK', PLAIN)
    return [str(os.getpid()).encode()]

def loops(environ, start_response):
    start_response('200 OK', PLAIN)
    count = 0
    while True:
        count += 1  # for ever

def begins_and_loops(environ, start_response):
    start_response('200 OK', PLAIN)
    yield b'Hello'
    while True:
        pass

def exits(environ, start_response):
    sys.exit(3)

def exits_at_once(environ, start_response):
    os._exit(3)

def aborts(environ, start_response):
    os.abort()

def kills_itself(environ, start_response):
    os.kill(os.getpid(), signal.SIGKILL)

def dies_within_the_body(environ, start_response):
    start_response('200 OK', PLAIN)
    yield b'Hello'
    os._exit(4)

def eats_memory(environ, start_response):
    eaten = []
    while True:
        eaten.append(bytearray(1 << 30))
";

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn an_endless_loop_is_stopped_and_its_line_named(#[case] engine: Engine) {
    let tutor = Tutor::lesson(1).engine(engine).app(routed(FATAL)).start();
    let answer = tutor.get("/loops");
    assert_eq!(answer.status, "504 Gateway Timeout");
    let error = tutor.exchange()["error"].take();
    let first = 1 + FATAL
        .lines()
        .position(|line| line.contains("while True"))
        .unwrap();
    let line = usize::try_from(error["line"].as_u64().unwrap()).unwrap();
    assert!([first, first + 1].contains(&line), "{error}");
    assert_eq!(error["type"], "TimeoutError");
    assert_eq!(error["file"], tutor.app().to_str().unwrap());
    assert!(
        answer.text().contains(&format!("line {line}")),
        "{answer:?}"
    );
    assert!(
        tutor.told("worker-died")["reason"]
            .to_string()
            .contains(&format!("line {line}"))
    );
    assert_eq!(tutor.get("/hello").text(), "Hello");
}

/// Paths, and what the reason of the worker's end must speak of.
const DEATHS: &[(&str, &str)] = &[
    ("/exits_at_once", "exit code 3"),
    ("/aborts", "SIGABRT"),
    ("/kills_itself", "SIGKILL"),
];

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn a_worker_that_dies_is_named_and_replaced(#[case] engine: Engine) {
    let tutor = Tutor::lesson(1).engine(engine).app(routed(FATAL)).start();
    for (path, reason) in DEATHS {
        let answer = tutor.get(path);
        assert_eq!(answer.status, "502 Bad Gateway", "{path}");
        assert!(answer.text().contains(reason), "{path}: {answer:?}");
        let error = tutor.exchange()["error"].take();
        assert_eq!(error["type"], "WorkerDied", "{path}");
        assert!(
            error["message"].to_string().contains(reason),
            "{path}: {error}"
        );
        let told = tutor.told("worker-died")["reason"].take();
        assert!(told.to_string().contains(reason), "{path}: {told}");
        assert_eq!(tutor.get("/hello").text(), "Hello", "{path}");
        tutor.exchange();
    }
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn a_death_within_the_body_shows_as_a_cut(#[case] engine: Engine) {
    let tutor = Tutor::lesson(1).engine(engine).app(routed(FATAL)).start();
    let answer = tutor.get("/dies_within_the_body");
    assert_eq!(
        (answer.status.as_str(), answer.text().as_str()),
        ("200 OK", "Hello")
    );
    assert!(!answer.whole);
    assert!(
        tutor.told("worker-died")["reason"]
            .to_string()
            .contains("exit code 4")
    );
    assert_eq!(tutor.get("/hello").text(), "Hello");
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn sys_exit_ends_the_answer_and_not_the_worker(#[case] engine: Engine) {
    let tutor = Tutor::lesson(1).engine(engine).app(routed(FATAL)).start();
    let before = tutor.get("/process").text();
    assert_eq!(tutor.get("/exits").status, "500 Internal Server Error");
    assert_eq!(tutor.get("/process").text(), before);
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn running_out_of_memory_is_named(#[case] engine: Engine) {
    let tutor = Tutor::lesson(1).engine(engine).app(routed(FATAL)).start();
    let answer = tutor.get("/eats_memory");
    assert!(answer.status.starts_with('5'), "{answer:?}");
    // CPython raises MemoryError; the embedded one gives up.
    let error = tutor.exchange()["error"].to_string();
    assert!(
        error.contains("MemoryError") || error.contains("of memory"),
        "{error}"
    );
    assert_eq!(tutor.get("/hello").text(), "Hello");
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn no_process_outlives_a_killed_tutor_even_a_busy_one(#[case] engine: Engine) {
    let tutor = Tutor::lesson(1).engine(engine).app(routed(FATAL)).start();
    let (worker, started) = processes(&tutor);
    assert!(
        started.iter().any(|(id, _)| *id == worker),
        "{worker} is a child"
    );
    let mut client = tutor.connect();
    client
        .send("GET /begins_and_loops HTTP/1.1\r\nHost: t\r\n\r\n")
        .until(b"Hello");
    tutor.stop(Signal::KILL);
    for (id, process) in started {
        assert!(process.ends(), "{id} goes on");
    }
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn no_process_outlives_a_stopped_tutor_even_a_busy_one(#[case] engine: Engine) {
    let tutor = Tutor::lesson(1).engine(engine).app(routed(FATAL)).start();
    let (_, started) = processes(&tutor);
    let mut client = tutor.connect();
    client
        .send("GET /begins_and_loops HTTP/1.1\r\nHost: t\r\n\r\n")
        .until(b"Hello");
    let ended = tutor.stop(Signal::TERM);
    assert_eq!(ended.status.code(), Some(0));
    assert_eq!(ended.stderr, "");
    for (id, process) in started {
        assert!(process.ends(), "{id} goes on");
    }
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn a_worker_that_ends_while_it_is_idle_costs_no_answer(#[case] engine: Engine) {
    let tutor = Tutor::lesson(1).engine(engine).app(routed(FATAL)).start();
    for _ in 0..3 {
        let worker = tutor.get("/process").text();
        let id = Pid::from_raw(worker.parse().unwrap()).unwrap();
        let process = Process::running(id);
        kill_process(id, Signal::KILL).unwrap();
        assert!(process.ends());
        let answer = tutor.get("/process");
        assert_eq!(answer.status, "200 OK");
        assert_ne!(answer.text(), worker);
        let died = tutor.told("worker-died");
        let reason = died["reason"].as_str().unwrap();
        assert!(reason.contains("signal 9 (SIGKILL)"), "{reason}");
    }
}

/// The number of the worker that answers, and all processes of the tutor.
fn processes(tutor: &Tutor) -> (String, Vec<(String, Process)>) {
    let worker = tutor.get("/process").text();
    let started = children(tutor.id()).into_iter().map(|id: Pid| {
        let name = id.as_raw_nonzero().to_string();
        (name, Process::running(id))
    });
    (worker, started.collect())
}

const PRINTS: &str = "
import os, sys

print('while loading')

def application(environ, start_response):
    print('printed', 'Zo\\xeb')
    print('to stderr', file=sys.stderr)
    sys.stdout.write('no line feed \\x1b[1m')
    environ['wsgi.errors'].write('logged')
    os.write(1, b'past sys.stdout\\n')
    os.write(2, b'past sys.stderr\\n')
    os.system('echo from a child')
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [repr(sys.stdin.read()).encode()]
";

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn what_an_app_prints_is_told_and_appears_nowhere_else(#[case] engine: Engine) {
    let tutor = Tutor::lesson(1).engine(engine).app(PRINTS).start();
    assert_eq!(tutor.told("reloaded")["printed"], "while loading\n");
    assert_eq!(tutor.get("/").text(), "''");
    let exchange = tutor.exchange();
    let printed = exchange["printed"].as_str().unwrap();
    for text in [
        "printed Zoë\n",
        "to stderr\n",
        "no line feed \u{1b}[1m",
        "past sys.stdout\n",
        "past sys.stderr\n",
        "from a child\n",
    ] {
        assert!(printed.contains(text), "{text:?} is not in {printed:?}");
    }
    assert_eq!(exchange["logged"], "logged");
    assert_eq!(exchange["error"], Value::Null);
    let ended = tutor.stop(Signal::INT);
    assert_eq!(ended.stderr, "");
}

#[test]
fn a_python_that_was_ended_before_it_ran_is_started_again() {
    let folder = tempfile::tempdir().unwrap();
    let (python, mark) = (folder.path().join("python"), folder.path().join("mark"));
    let once = format!("mkdir '{}' 2>/dev/null && kill -9 $$", mark.display());
    fs::write(&python, format!("#!/bin/sh\n{once}\nexec python3 \"$@\"\n")).unwrap();
    fs::set_permissions(&python, Permissions::from_mode(0o755)).unwrap();
    let python = python.display().to_string().leak();
    let tutor = Tutor::lesson(1).engine(python).app(routed(FATAL)).start();
    assert_eq!(tutor.get("/hello").text(), "Hello");
    assert!(mark.exists());
}

//! `--log FILE`: what the parts of the program did, in order, and nothing that is private.

use std::fs;
use std::process::Command;

use rustix::process::Signal;

use crate::support::Tutor;

const APP: &str = "
import os

def application(environ, start_response):
    if environ['PATH_INFO'] == '/dies':
        os._exit(7)
    body = environ['wsgi.input'].read(int(environ.get('CONTENT_LENGTH') or 0))
    start_response('200 OK', [('Content-Type', 'text/plain'), ('Set-Cookie', 'id=secret-1')])
    return [body]
";

/// The log's lines that have this in them, without their times and threads.
fn lines<'a>(log: &'a str, about: &str) -> Vec<&'a str> {
    let lines = log.lines().filter(|line| line.contains(about));
    let what = |line: &'a str| line.split_once("wsgi_tutor::").map_or(line, |(_, it)| it);
    lines.map(what).collect()
}

/// Whether lines with these in them come in this order.
fn in_order(lines: &[&str], expected: &[&str]) -> bool {
    let mut rest = lines.iter();
    expected.iter().all(|it| rest.any(|line| line.contains(it)))
}

#[test]
fn the_way_of_a_request_is_logged_in_order_and_nothing_private() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("log");
    let tutor = Tutor::run("app.py", &[("app.py", APP)]).option("--log", file.to_str().unwrap());
    let tutor = tutor.start();
    tutor.ask(
        "POST /form?token=secret-2 HTTP/1.1\r\nHost: h\r\nCookie: id=secret-3\r\n\
         Authorization: Basic secret-4\r\nContent-Length: 8\r\nConnection: close\r\n\r\nsecret-5",
    );
    tutor.exchange();
    tutor.ask("GET / HTTP/1.1\r\n\r\n");
    tutor.told("refused");
    tutor.get("/dies");
    tutor.exchange();
    tutor.stop(Signal::INT);
    let log = fs::read_to_string(&file).unwrap();
    let begun = [
        "log: started version=",
        "gateway listens address=",
        "worker started worker=",
        "worker ready worker=",
        "load begins worker=",
        "loaded worker=",
        "connection accepted client=",
    ];
    assert!(in_order(&lines(&log, ""), &begun), "{log}");
    let answered = [
        "request begins",
        "request read exchange=1 method=\"POST\" path=\"/form\" version=\"HTTP/1.1\" \
         headers=[\"Host\", \"Cookie\", \"Authorization\", \"Content-Length\", \"Connection\"] body=8",
        "call begins",
        "application called exchange=1 callable=\"function application\"",
        "start_response called exchange=1 status=\"200 OK\"",
        "block exchange=1 length=8 sent=8",
        "response begins exchange=1 status=\"200 OK\"",
        "call ended",
        "request finished",
    ];
    assert!(in_order(&lines(&log, "exchange=1"), &answered), "{log}");
    let refused = [
        "request begins",
        "request refused exchange=2 status=400",
        "request finished",
    ];
    assert!(in_order(&lines(&log, "exchange=2"), &refused), "{log}");
    let died = [
        "call begins exchange=3",
        "worker had to end",
        "call failed exchange=3",
        "worker lost",
    ];
    assert!(in_order(&lines(&log, ""), &died), "{log}");
    let reason = "reason=\"it ended itself with exit code 7\"";
    assert_eq!(lines(&log, reason).len(), 4, "{log}");
    assert!(!log.contains("secret"), "{log}");
    // A time in UTC, a level, and the thread's name and number.
    let first: Vec<&str> = log.split_whitespace().take(4).collect();
    assert!(first[0].ends_with('Z') && first[0].len() == 27, "{log}");
    assert_eq!(first[1..], ["INFO", "main", "ThreadId(01)"], "{log}");
}

#[test]
fn a_log_that_cannot_be_written_is_one_line_that_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    for file in [folder.path().to_owned(), folder.path().join("no/log")] {
        let output = Command::new(env!("CARGO_BIN_EXE_wsgi-tutor"))
            .args(["list", "--log"])
            .arg(&file)
            .output()
            .unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(output.stdout.is_empty());
        assert_eq!(said.lines().count(), 1, "{said}");
        let begins = format!("wsgi-tutor: no log can be written to {}", file.display());
        let says = said.starts_with(&begins) && said.contains("name a file that you may write to");
        assert!(says, "{said}");
    }
}

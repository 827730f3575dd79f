//! Answers that go on because a client stays, while the application answers one request at once.

use std::io::Read as _;
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

use rstest::rstest;

use super::{answer, sent_to};
use crate::program::{Home, Serving};
use crate::support::{SYSTEM, Tutor, get, routed};
use crate::table::{Section, assert_row};
use crate::terminal::Terminal;

const APPS: &str = "
import time

def stream(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/event-stream')])
    while True:
        yield b'data: x\\n\\n'
        time.sleep(0.2)

def large(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    for number in range(80):
        yield bytes(1 << 20)

def hello(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'Hello']
";

/// A client whose answer has begun, and of which it takes no more.
fn first(port: u16, path: &str) -> TcpStream {
    let mut client = sent_to(port, get(path));
    client.read_exact(&mut [0; 100]).unwrap();
    client
}

#[rstest]
#[case("a client that keeps an event stream open", "/stream")]
#[case("a client that does not read an answer of more than 64 MiB", "/large")]
fn others_learn_for_whom_they_wait(#[case] fault: &str, #[case] path: &str) {
    let app = routed(APPS);
    let home = Home::new();
    std::fs::write(home.folder.path().join("app.py"), &app).unwrap();
    let mut program = home.program([
        "run", "app.py", "--plain", "--port", "0", "--python", SYSTEM,
    ]);
    let mut plain = Serving::start(program.current_dir(home.folder.path()));
    let stays = first(plain.port(), path);
    let waits = sent_to(plain.port(), get("/hello"));
    let told = plain.until("waits", "waits");
    let said = format!("#2 GET /hello waits: the app is still answering #1 GET {path}.");
    assert!(told.starts_with(&said), "{told}");
    drop(stays);
    assert!(answer(&waits).ends_with(b"Hello"));

    let mut terminal = Terminal::run("app.py", &[("app.py", &app)]);
    terminal.wait_for("runs function");
    let address = terminal.address();
    let port = address.rsplit_once(':').unwrap().1.parse().unwrap();
    let stays = first(port, path);
    let waits = thread::spawn(move || answer(&sent_to(port, get("/hello"))));
    terminal.wait_for("answering #1").press("X");
    assert!(waits.join().unwrap().ends_with(b"Hello"));
    terminal.wait_for("ended by hand");
    drop(stays);
    assert_row(
        Section::Clients,
        fault,
        "another one waits, and after a second the screen, --plain and --json say for whom; the key X ends that answer, and who waited is answered",
    );
}

const RARE: &str = "
import os, time

def stream(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/event-stream')])
    while True:
        yield b'data: x\\n\\n'
        time.sleep(9)

def process(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [str(os.getpid()).encode()]
";

#[test]
fn who_left_is_waited_for_no_longer() {
    let tutor = Tutor::lesson(1).app(routed(RARE)).start();
    let process = tutor.get("/process").text();
    drop(first(tutor.port(), "/stream"));
    let asked = Instant::now();
    assert_eq!(tutor.get("/process").text(), process);
    assert!(
        asked.elapsed() < Duration::from_secs(6),
        "{:?}",
        asked.elapsed()
    );
    assert_row(
        Section::Clients,
        "a client that leaves an event stream whose next event is seconds away",
        "the application is interrupted while others wait, and its process answers the next one before that event",
    );
}

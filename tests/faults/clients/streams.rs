//! Answers that go on because a client stays, while the application answers one request at once.

use std::io::Read as _;
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

use rstest::rstest;

use super::{answer, sent, sent_to};
use crate::program::{Home, Serving};
use crate::support::{STREAMS, SYSTEM, Tutor, get, routed};
use crate::table::{Section, assert_row};
use crate::terminal::Terminal;

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
    let app = routed(STREAMS);
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

#[test]
fn who_left_is_waited_for_no_longer() {
    let tutor = Tutor::lesson(1).app(routed(STREAMS)).start();
    let process = tutor.get("/closed").text();
    drop(first(tutor.port(), "/beats"));
    let asked = Instant::now();
    assert_eq!(
        tutor.get("/closed").text(),
        process.replace("[]", "['closed']")
    );
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

#[test]
fn a_page_that_is_left_keeps_nothing_from_the_next_one() {
    let tutor = Tutor::lesson(1).app(routed(STREAMS)).start();
    let by_browser = |target: &str, headers: &str| {
        format!(
            "GET {target} HTTP/1.1\r\nHost: tutor\r\nUser-Agent: Browser\r\nReferer: http://tutor/page\r\n\
             {headers}\r\n"
        )
    };
    let mut events = sent(&tutor, by_browser("/beats", ""));
    events.read_exact(&mut [0; 100]).unwrap();
    let asked = Instant::now();
    let link = "Sec-Fetch-Dest: document\r\nConnection: close\r\n";
    let next = sent(&tutor, by_browser("/hello", link));
    assert!(answer(&next).ends_with(b"Hello"));
    let took = asked.elapsed();
    assert!(took < Duration::from_secs(6), "{took:?}");
    assert_row(
        Section::Clients,
        "a browser that follows a link of a page whose event stream goes on",
        "the event stream is ended, since the browser keeps it open until the next page comes; that comes at once",
    );
}

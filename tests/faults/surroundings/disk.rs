//! Disks that are full, and limits on the size of files.

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::process::Stdio;

use rstest::rstest;
use rustix::process::{Pid, Resource, Rlimit, prlimit};

use crate::program::{Home, run};
use crate::support::{Tutor, get, routed};
use crate::table::{Section, assert_row};
use crate::terminal::Terminal;

const APPS: &str = "
def hello(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'Hello']

def large(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    for number in range(16):
        yield bytes(1 << 20)
";

/// From now on no file of this process may grow, as on a disk that is full.
fn fill_disk(process: Pid) {
    allow(process, Some(0));
}

fn allow(process: Pid, size: Option<u64>) {
    let limit = Rlimit {
        current: size,
        maximum: None,
    };
    prlimit(Some(process), Resource::Fsize, limit).unwrap();
}

#[rstest]
fn output_on_a_full_disk(
    #[values(&["list"], &["explain"], &["man"], &["lesson", "1", "--plain", "--port", "0", "--python", "python3"])]
    arguments: &[&str],
) {
    let home = Home::new();
    let full = File::options().write(true).open("/dev/full").unwrap();
    let ran = run(home.program(arguments).stdout(Stdio::from(full)));
    ran.assert_says(1, &["the output cannot be written"]);
    assert_row(
        Section::Surroundings,
        "the disk is full on which standard output is written",
        "it ends with exit code 1 and a line that says so",
    );
}

#[test]
fn large_bodies_on_a_full_disk() {
    let tutor = Tutor::lesson(1).app(routed(APPS)).start();
    fill_disk(tutor.id());
    let body = vec![b'x'; 1 << 20];
    let head =
        "POST /hello HTTP/1.1\r\nHost: t\r\nConnection: close\r\nContent-Length: 1048576\r\n\r\n";
    let mut client = TcpStream::connect(("127.0.0.1", tutor.port())).unwrap();
    // It is refused before all of it has come.
    let _ = client.write_all(&[head.as_bytes(), &body].concat());
    let mut answer = [0; 12];
    client.read_exact(&mut answer).unwrap();
    assert_eq!(&answer, b"HTTP/1.1 503");
    assert_eq!(tutor.told("refused")["reason"], "no-room");
    let small = tutor.ask([head.replace("1048576", "9").as_bytes(), b"some text"].concat());
    assert_eq!(small.text(), "Hello");
    let mut slow = TcpStream::connect(("127.0.0.1", tutor.port())).unwrap();
    slow.write_all(get("/large").as_bytes()).unwrap();
    slow.peek(&mut [0]).unwrap();
    let mut answer = Vec::new();
    slow.read_to_end(&mut answer).unwrap();
    assert!(answer.len() > 16 << 20, "{}", answer.len());
    assert_eq!(tutor.get("/hello").text(), "Hello");
    assert_row(
        Section::Surroundings,
        "the disk is full on which large bodies wait",
        "a large request is refused with 503 and the reason; a large answer to a slow client waits in the application; all else goes on",
    );
}

#[test]
fn saving_on_a_full_disk() {
    let mut terminal = Terminal::start(&["lesson", "1"], &[]);
    terminal
        .wait_for("runs function hello")
        .press("e")
        .wait_for("ctrl-s");
    let process = Pid::from_raw(terminal.id().cast_signed()).unwrap();
    let file = terminal.file("01-basic-response/app.py");
    let before = std::fs::read_to_string(&file).unwrap();
    fill_disk(process);
    terminal.press("#").wait_for("cannot be backed up");
    terminal.press("\x13").wait_for("Your text is still here");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), before);
    allow(process, None);
    terminal.press("\x13").wait_for("saved");
    Terminal::wait_on(|| {
        std::fs::read_to_string(&file)
            .unwrap()
            .starts_with("#\"\"\"Lesson")
    });
    terminal.press("\x1b").wait_for_end_of("ctrl-s").press("q");
    assert!(terminal.end().success());
    assert_row(
        Section::Surroundings,
        "the disk is full on which the learner's file is saved",
        "the file stays as it was, the text stays in the editor, and can be saved when there is room",
    );
}

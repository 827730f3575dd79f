//! Standard input, output and error that are closed, or whose other end is.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

use rstest::rstest;
use rustix::process::{Signal, kill_process};

use crate::program::{Home, Serving};
use crate::support::{Client, Process, get};
use crate::table::{Section, assert_row};
use crate::watch::assert_within_budget;

#[rstest]
#[case(&["list"])]
#[case(&["explain"])]
#[case(&["man"])]
#[case(&["explain", "PATH_INFO"])]
#[case(&["completions", "bash"])]
fn a_reader_that_goes_after_one_line(#[case] arguments: &[&str]) {
    let home = Home::new();
    let mut child = home.program(arguments).spawn().unwrap();
    let mut line = String::new();
    let mut out = BufReader::with_capacity(1, child.stdout.take().unwrap());
    out.read_line(&mut line).unwrap();
    drop(out);
    let output = child.wait_with_output().unwrap();
    assert_eq!(
        (output.status.code(), output.stderr.as_slice()),
        (Some(0), &b""[..])
    );
    assert_row(
        Section::Surroundings,
        "list, explain, man or completions in front of '| head -1'",
        "it ends quietly, with exit code 0",
    );
}

#[rstest]
#[case("--plain")]
#[case("--json")]
fn a_reader_that_goes_while_it_serves(#[case] style: &str) {
    let home = Home::new();
    let arguments = ["lesson", "1", style, "--port", "0", "--python", "python3"];
    let mut command = home.program(arguments);
    let mut serving = Serving::start_at(&mut command, "http://");
    serving.close();
    let mut client = Client::connect(([127, 0, 0, 1], serving.port()).into());
    client.send(get("/"));
    assert_eq!(serving.child.wait().unwrap().code(), Some(0));
    assert_row(
        Section::Surroundings,
        "--plain or --json in front of '| head -1'",
        "it ends quietly, with exit code 0, as soon as there is something to tell",
    );
}

#[test]
fn a_reader_that_stays_and_reads_nothing() {
    let home = Home::new();
    let serving = Serving::start(&mut home.lesson());
    let mut client = Client::connect(([127, 0, 0, 1], serving.port()).into());
    // Far more than a pipe holds.
    for _ in 0..200 {
        client.send("GET / HTTP/1.1\r\nHost: t\r\n\r\n");
        client.answer();
    }
    let process = Process::running(serving.id());
    kill_process(serving.id(), Signal::TERM).unwrap();
    assert!(process.ends());
    let left = fs::read_dir(home.folder.path().join("tmp"))
        .unwrap()
        .count();
    assert_eq!(left, 0);
    drop(serving);
    assert_row(
        Section::Surroundings,
        "nobody reads the output of --plain, and a signal asks for the end",
        "clients are answered; it ends all the same, and leaves nothing behind",
    );
}

#[test]
fn a_reader_that_reads_much_later() {
    const REQUESTS: u64 = 3_000;
    let home = Home::new();
    let arguments = [
        "lesson", "1", "--json", "--port", "0", "--python", "python3",
    ];
    let mut serving = Serving::start_at(&mut home.program(arguments), "\"type\":\"reloaded\"");
    let mut client = Client::connect(([127, 0, 0, 1], serving.port()).into());
    for _ in 0..REQUESTS {
        client.send("GET / HTTP/1.1\r\nHost: t\r\n\r\n");
        client.answer();
    }
    assert_within_budget(serving.id());
    // As soon as somebody reads, all is told again, and how many were not.
    let mut told = 0;
    let untold = loop {
        client.send("GET / HTTP/1.1\r\nHost: t\r\n\r\n");
        client.answer();
        let line = serving.until("\"type\":\"exchange\"", "exchanges are not shown");
        if line.contains("not shown") {
            break line;
        }
        told += 1;
        assert!(told <= REQUESTS, "all of them are told");
    };
    let number = untold
        .split('"')
        .find_map(|text| text.split(' ').next()?.parse::<u64>().ok());
    assert!(
        number.is_some_and(|number| number + told > REQUESTS),
        "{told} were told; {untold}"
    );
    assert_row(
        Section::Surroundings,
        "nobody reads the output of --json, and then somebody does",
        "clients are answered; some hundred exchanges are kept and told then, and the others are counted",
    );
}

#[test]
fn closed_standard_streams() {
    let home = Home::new();
    for (name, closed) in [
        ("in", "<&-"),
        ("out", ">&-"),
        ("error", "2>&-"),
        ("all", "<&- >&- 2>&-"),
    ] {
        let program = env!("CARGO_BIN_EXE_wsgi-tutor");
        let script = format!("exec {program} list {closed}");
        let status = Command::new("sh")
            .args(["-c", &script])
            .env("HOME", home.folder.path())
            .stdout(Stdio::null())
            .status()
            .unwrap();
        assert_eq!(status.code(), Some(0), "{closed}");
        let folder = home.folder.path().join(name);
        let script = format!(
            "exec {program} lesson 1 --plain --port 0 --python python3 --workspace '{}' {closed}",
            folder.display()
        );
        let mut child = Command::new("sh")
            .args(["-c", &script])
            .env("HOME", home.folder.path())
            .env("TMPDIR", home.folder.path().join("tmp"))
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let file = folder.join("01-basic-response/app.py");
        crate::watch::until("the lesson's file", || file.exists(), |there| *there);
        kill_process(rustix::process::Pid::from_child(&child), Signal::TERM).unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(0), "{closed}");
    }
    assert_row(
        Section::Surroundings,
        "standard input, output or error is closed, or all three",
        "it works as if they led to /dev/null",
    );
}

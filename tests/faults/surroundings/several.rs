//! Several tutors at once, and those that were killed.

use std::collections::HashSet;
use std::fs;

use rustix::process::Pid;

use crate::program::{Home, Serving};
use crate::support::{Client, Process, children, get};
use crate::table::{Section, assert_row};
use crate::terminal::{COURSE, Terminal};
use crate::watch::until;

#[test]
fn ten_tutors_at_once() {
    let home = Home::new();
    let tutors: Vec<Serving> = (0..10)
        .map(|_| Serving::start(&mut home.lesson_at("41000")))
        .collect();
    let ports: HashSet<u16> = tutors.iter().map(Serving::port).collect();
    assert_eq!(ports.len(), tutors.len());
    for port in ports {
        let mut client = Client::connect(([127, 0, 0, 1], port).into());
        let answer = client.send(get("/")).rest();
        assert!(answer.starts_with(b"HTTP/1.1 200 OK"));
    }
    for tutor in tutors {
        assert_eq!(tutor.stop().code, Some(0));
    }
    assert_row(
        Section::Surroundings,
        "ten tutors at once, on the same lesson and workspace",
        "each has a port of its own and answers",
    );
}

#[test]
fn two_tutors_with_the_same_learner() {
    let mut one = Terminal::start(&["lesson", "1"], &[]);
    one.wait_for("runs function hello");
    let folder = one.workspace.path().to_str().unwrap().to_owned();
    let state = format!("{folder}/state");
    let arguments = [
        "lesson",
        "2",
        "--lessons",
        COURSE,
        "--port",
        "0",
        "--workspace",
        &folder,
    ];
    let elsewhere = tempfile::tempdir().unwrap();
    let mut other = Terminal::spawn(elsewhere, &arguments, &[("XDG_STATE_HOME", &state)]);
    other.wait_for("runs function");
    one.press("n");
    other.press("n");
    let progress = format!("{state}/wsgi-tutor/progress.toml");
    let both = || {
        let text = fs::read_to_string(&progress).unwrap_or_default();
        text.matches("\nat = ").count() >= 2
    };
    Terminal::wait_on(both);
    other.press("q");
    assert!(other.end().success());
    one.leave();
    assert_row(
        Section::Surroundings,
        "two tutors at once with the same learner",
        "both work, and what each has recorded of the learner's progress is kept",
    );
}

#[test]
fn a_tutor_that_was_killed() {
    let home = Home::new();
    let temporary = home.folder.path().join("tmp");
    let count = || fs::read_dir(&temporary).unwrap().count();
    let mut killed = Serving::start(&mut home.lesson());
    let alive = Serving::start(&mut home.lesson());
    let workers: Vec<Pid> = children(killed.id());
    let ends: Vec<Process> = workers.into_iter().map(Process::running).collect();
    assert!(!ends.is_empty());
    killed.child.kill().unwrap();
    killed.child.wait().unwrap();
    assert!(ends.iter().all(Process::ends));
    assert_eq!(count(), 2);
    let next = Serving::start(&mut home.lesson());
    // The one that is alive has its folder still, and the new one its own.
    until("the end of what was left", count, |left| *left == 2);
    let mut client = Client::connect(([127, 0, 0, 1], alive.port()).into());
    let answer = client.send(get("/")).rest();
    assert!(answer.starts_with(b"HTTP/1.1 200 OK"));
    assert_eq!((next.stop().code, alive.stop().code), (Some(0), Some(0)));
    assert_eq!(count(), 0);
    assert_row(
        Section::Surroundings,
        "a tutor is killed (SIGKILL)",
        "its Python processes end with it; the next tutor removes its private folder, and touches nobody else's",
    );
}

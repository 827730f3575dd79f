//! What a shell, a window or the system does to a program.

use std::fs;

use rustix::process::{Pid, Signal, kill_process};

use crate::support::Process;
use crate::table::{Section, assert_row};
use crate::terminal::{COURSE, Terminal};

const ENTER_SCREEN: &str = "\x1b[?1049h";
const LEAVE_SCREEN: &str = "\x1b[?1049l";
const FRAME: &str = "\x1b[?2026h";

fn count(raw: &[u8], wanted: &str) -> usize {
    raw.windows(wanted.len())
        .filter(|it| *it == wanted.as_bytes())
        .count()
}

/// A shell in which `$TUTOR` starts a lesson.
fn shell() -> Terminal {
    let workspace = tempfile::tempdir().unwrap();
    let words = [
        env!("CARGO_BIN_EXE_wsgi-tutor"),
        "lesson 1 --port 0 --python python3 --lessons",
        COURSE,
        "--workspace",
        workspace.path().to_str().unwrap(),
    ];
    let tutor = words.join(" ");
    let environment = [("TUTOR", &*tutor), ("PS1", "ready> "), ("ENV", "")];
    Terminal::spawn_program("sh", workspace, &["-i"], &environment)
}

#[test]
fn to_the_shell_and_back() {
    let mut terminal = shell();
    terminal.wait_for("ready> ").press("$TUTOR\n");
    terminal.wait_for("runs function hello");
    for round in [1, 2] {
        // The prompt before the program stands there still, and comes back with its screen.
        terminal
            .press("\x1a")
            .wait_for("Stopped")
            .wait_for("ready> ");
        assert_eq!(count(&terminal.raw, LEAVE_SCREEN), usize::from(round));
        // The shell's terminal is what it was: it echoes, and edits lines. Somebody is there for
        // longer than a frame.
        terminal
            .press("sleep 0.1; echo an${NOTHING}swer\n")
            .wait_for("answer");
        // The window may change meanwhile.
        terminal
            .forget()
            .resize(40 - round, 130)
            .press("fg\n")
            .wait_for("runs function hello");
        terminal.press(" ").wait_for(&format!("#{round}"));
    }
    terminal.press("q").wait_for("Goodbye.").wait_for("ready> ");
    terminal.press("exit\n");
    terminal.end();
    // Nothing is drawn while the shell has the terminal.
    let raw = String::from_utf8_lossy(&terminal.raw);
    assert!(raw.contains(FRAME));
    let away = raw.split(LEAVE_SCREEN).skip(1);
    for shell in away.map(|it| it.split(ENTER_SCREEN).next().unwrap_or_default()) {
        assert!(!shell.contains(FRAME), "{shell:?}");
    }
    assert_row(
        Section::Surroundings,
        "ctrl-z, and then fg",
        "the shell gets its terminal back; fg draws the screen anew",
    );
}

#[test]
fn to_the_shell_while_python_starts() {
    let mut terminal = shell();
    terminal.wait_for("ready> ").press("$TUTOR\n");
    terminal.wait_for("runs function hello").press("2");
    let file = terminal.file("01-basic-response/app.py");
    let text = fs::read_to_string(&file).unwrap();
    for round in 0..60 {
        // The process that is ready takes it, and the next one is started.
        fs::write(&file, format!("# the {round}th save\n{text}")).unwrap();
        terminal.wait_for(&format!("# the {round}th save"));
        terminal.press("\x1a").wait_for("Stopped");
        terminal.forget().press("fg\n").wait_for("runs function");
    }
    terminal.press("q").wait_for("Goodbye.").press("exit\n");
    terminal.end();
    assert_row(
        Section::Surroundings,
        "ctrl-z while Python is being started",
        "it stops when that has been done, in no time",
    );
}

#[test]
fn stopped_and_continued() {
    let mut terminal = Terminal::start(&["lesson", "1"], &[]);
    terminal.wait_for("runs function hello");
    let id = Pid::from_raw(terminal.id().cast_signed()).unwrap();
    for signal in [Signal::STOP, Signal::TSTP] {
        kill_process(id, signal).unwrap();
        // What is not the program's own stands on the terminal meanwhile.
        terminal.forget();
        kill_process(id, Signal::CONT).unwrap();
        terminal.wait_for("runs function hello").wait_for("q quit");
    }
    terminal.press(" ").wait_for("200 OK");
    terminal.leave();
    assert_row(
        Section::Surroundings,
        "SIGSTOP or SIGTSTP, and then SIGCONT",
        "it draws the screen anew and goes on; without a shell that could continue it, SIGTSTP does not stop it",
    );
}

#[test]
fn a_window_that_is_closed() {
    let mut terminal = Terminal::start(&["lesson", "1"], &[]);
    terminal.wait_for("runs function hello");
    let id = Pid::from_raw(terminal.id().cast_signed()).unwrap();
    let workers: Vec<Process> = crate::support::children(id)
        .into_iter()
        .map(Process::running)
        .collect();
    assert!(!workers.is_empty());
    terminal.close_window("?");
    assert!(terminal.ended().success());
    assert!(workers.iter().all(Process::ends));
    assert_row(
        Section::Surroundings,
        "the terminal's window is closed (SIGHUP)",
        "it ends with its Python processes, with exit code 0",
    );
}

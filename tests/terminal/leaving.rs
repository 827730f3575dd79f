//! However it ends, the terminal is given back and no process is left.

use std::fs;

use rstest::rstest;
use rustix::process::{Pid, Signal, kill_process};

use crate::terminal::Terminal;

const LEAVE_ALTERNATE_SCREEN: &[u8] = b"\x1b[?1049l";
const SHOW_CURSOR: &[u8] = b"\x1b[?25h";

/// How a person, or the system, ends the program.
#[derive(Debug, Clone, Copy)]
enum Way {
    Key(&'static str),
    Signal(Signal),
}

#[rstest]
#[case(Way::Key("q"))]
#[case(Way::Key("\x03"))]
#[case(Way::Signal(Signal::TERM))]
#[case(Way::Signal(Signal::HUP))]
#[case(Way::Signal(Signal::INT))]
fn the_terminal_is_given_back(#[case] way: Way) {
    let mut terminal = Terminal::start(&["lesson", "1"], &[]);
    terminal
        .wait_for("runs function hello")
        .press(" ")
        .wait_for("200 OK");
    let workers = children(terminal.id());
    assert!(!workers.is_empty());
    match way {
        Way::Key(key) => {
            terminal.press(key);
        }
        Way::Signal(signal) => {
            let id = i32::try_from(terminal.id()).unwrap();
            kill_process(Pid::from_raw(id).unwrap(), signal).unwrap();
        }
    }
    let status = terminal.end();
    assert!(status.success(), "{status:?}");
    assert!(terminal.text().contains("Goodbye."), "{}", terminal.text());
    for sequence in [LEAVE_ALTERNATE_SCREEN, SHOW_CURSOR] {
        assert!(
            terminal
                .raw
                .windows(sequence.len())
                .any(|part| part == sequence)
        );
    }
    assert_eq!(alive(&workers), [0; 0]);
}

#[test]
fn a_window_that_is_closed_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let temporary = folder.path().to_string_lossy().into_owned();
    let mut terminal = Terminal::start(&["lesson", "1"], &[("TMPDIR", &temporary)]);
    terminal.wait_for("runs function hello");
    let workers = children(terminal.id());
    assert!(!workers.is_empty());
    terminal.close_window("?");
    let status = terminal.ended();
    assert!(status.success(), "{status:?}");
    assert_eq!(alive(&workers), [0; 0]);
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().flatten().collect();
    assert!(left.is_empty(), "{left:?}");
}

#[rstest]
#[case(Signal::TERM)]
#[case(Signal::HUP)]
fn a_signal_ends_it_while_an_editor_has_the_terminal(#[case] signal: Signal) {
    let environment = [
        ("EDITOR", "sh -c 'echo THE EDITOR; exec sleep 60'"),
        ("VISUAL", ""),
    ];
    let mut terminal = Terminal::start(&["lesson", "1"], &environment);
    terminal.wait_for("runs function hello").press("E");
    terminal.wait_for("THE EDITOR");
    let processes = children(terminal.id());
    assert!(
        processes.len() > 1,
        "the editor and a worker: {processes:?}"
    );
    let id = i32::try_from(terminal.id()).unwrap();
    kill_process(Pid::from_raw(id).unwrap(), signal).unwrap();
    assert!(terminal.end().success());
    assert!(terminal.text().contains("Goodbye."), "{}", terminal.text());
    assert_eq!(alive(&processes), [0; 0]);
}

/// The processes a process has started, from Linux's list of them.
fn children(parent: u32) -> Vec<u32> {
    let mut found = Vec::new();
    for entry in fs::read_dir("/proc").unwrap().flatten() {
        let Ok(id) = entry.file_name().to_string_lossy().parse() else {
            continue;
        };
        if field(id, 1).is_some_and(|its| its == parent.to_string()) {
            found.push(id);
        }
    }
    found
}

fn alive(processes: &[u32]) -> Vec<u32> {
    let running = |id: &u32| field(*id, 0).is_some_and(|state| state != "Z");
    processes.iter().copied().filter(running).collect()
}

/// A field of `/proc/<id>/stat` after the name: 0 is the state, 1 the parent.
fn field(id: u32, place: usize) -> Option<String> {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    let (_, after) = stat.rsplit_once(") ")?;
    after.split(' ').nth(place).map(str::to_owned)
}

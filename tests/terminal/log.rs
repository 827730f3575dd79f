//! `--log FILE` while there is a screen.

use std::fs;

use crate::terminal::Terminal;

#[test]
fn messages_and_effects_are_logged_without_what_was_typed() {
    let mut terminal = Terminal::start(&["lesson", "2", "--log", "log"], &[]);
    terminal
        .wait_for("runs function")
        .press("f")
        .wait_for("enter send")
        .press("Wisława\r")
        .wait_for("200 OK");
    let folder = terminal.leave();
    let log = fs::read_to_string(folder.path().join("log")).unwrap();
    let lines = |part: &str| log.lines().filter(|line| line.contains(part)).count();
    assert!(lines("main ThreadId(01)") > 0, "{log}");
    assert!(lines("message kind=\"Key::KeyEvent\"") >= 10, "{log}");
    assert!(lines("message kind=\"Session::Exchange\"") > 0, "{log}");
    assert_eq!(lines("effect kind=\"Send"), 1, "{log}");
    assert_eq!(lines("effect kind=\"Quit\""), 1, "{log}");
    assert!(!log.contains("Wis"), "{log}");
}

//! Terminals of any size, and much that comes from them.

use rstest::rstest;

use crate::table::{Section, assert_row};
use crate::terminal::Terminal;

#[rstest]
#[case(1, 1)]
#[case(0, 0)]
#[case(1, 65535)]
#[case(65535, 1)]
#[case(500, 500)]
fn any_size(#[case] rows: u16, #[case] columns: u16) {
    let mut terminal = Terminal::start(&["lesson", "1"], &[]);
    terminal.wait_for("runs function hello");
    terminal.resize(rows, columns).press(" ");
    terminal.forget().resize(40, 130);
    terminal.wait_for("runs function hello").wait_for("200 OK");
    terminal.leave();
    assert_row(
        Section::Surroundings,
        "a terminal of 1×1, 0×0, 65535×1 or 500×500",
        "nothing breaks; the screen is there again with the next size",
    );
}

#[test]
fn a_storm_of_resizes() {
    let mut terminal = Terminal::start(&["lesson", "1"], &[]);
    terminal.wait_for("runs function hello");
    for step in 0..500 {
        terminal.resize(5 + step % 60, 10 + step % 200);
    }
    terminal.forget().resize(40, 130);
    terminal
        .wait_for("runs function hello")
        .press(" ")
        .wait_for("200 OK");
    terminal.leave();
    assert_row(
        Section::Surroundings,
        "500 resizes in a row",
        "the last one counts, and every cell of it is drawn",
    );
}

/// Lines of nine bytes, 1 MiB in all.
const PASTED: usize = (1 << 20) / 9;

#[test]
fn a_paste_of_one_mib() {
    let paste = format!("\x1b[200~{}\x1b[201~", "# pasted\r".repeat(PASTED));
    let mut terminal = Terminal::start(&["lesson", "1"], &[]);
    terminal.wait_for("runs function hello");
    terminal.press(&paste).press(" ");
    terminal
        .wait_for("200 OK")
        .press("e")
        .wait_for("ctrl-s save");
    terminal
        .press(&paste)
        .press("# the end\r")
        .wait_for("# the end");
    terminal.press("\x13");
    let file = terminal.file("01-basic-response/app.py");
    Terminal::wait_on(|| {
        let saved = std::fs::read_to_string(&file).unwrap();
        saved.matches("# pasted\n").count() == PASTED && saved.contains("# the end\n")
    });
    terminal.press("\x1b").wait_for_end_of("ctrl-s").press("q");
    assert!(terminal.end().success());
    assert_row(
        Section::Surroundings,
        "1 MiB is pasted",
        "into the editor it goes whole; elsewhere it is passed over, and none of it is taken for a key",
    );
}

//! A lesson without a screen, typed at a terminal.

use crate::terminal::Terminal;

#[test]
fn commands_are_typed_behind_a_prompt_and_an_editor_opens() {
    let environment = [
        (
            "EDITOR",
            "sh -c 'echo THE EDITOR; echo \"# mine\" >> \"$0\"'",
        ),
        ("VISUAL", ""),
    ];
    let mut terminal = Terminal::start(&["lesson", "1", "--plain"], &environment);
    terminal.wait_for("> ").press("edit\n");
    terminal
        .wait_for("THE EDITOR")
        .wait_for("has ended")
        .press("file\n");
    terminal.wait_for("# mine").press("dance\n");
    terminal
        .wait_for("There is no command 'dance'")
        .press("\u{4}");
    assert!(terminal.end().success());
    assert!(terminal.text().contains("Goodbye."));
}

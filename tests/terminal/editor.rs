//! The learner's editor gets the terminal and gives it back; a save is seen at once.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use crate::terminal::Terminal;

#[test]
fn an_editor_opens_on_the_file_and_the_next_request_runs_the_change() {
    let folder = tempfile::tempdir().unwrap();
    let editor = folder.path().join("editor");
    // It shows itself, waits for a line from the terminal, and changes the file it was given.
    let script = "#!/bin/sh\necho THE EDITOR; read answer\n\
        sed 's/from a function/from '\"$answer\"'/' \"$2\" > \"$2.new\" && mv \"$2.new\" \"$2\"\n";
    fs::write(&editor, script).unwrap();
    fs::set_permissions(&editor, fs::Permissions::from_mode(0o755)).unwrap();
    let command = format!("'{}' --wait", editor.display());
    let mut terminal = Terminal::start(&["lesson", "1"], &[("EDITOR", &command), ("VISUAL", "")]);
    terminal.wait_for("runs function hello").press("E");
    terminal.wait_for("THE EDITOR").press("elsewhere\n");
    terminal
        .wait_for("A basic response")
        .press("2")
        .wait_for("Hello from elsewhere!");
    terminal
        .press(" ")
        .wait_for("200 OK")
        .press("4z")
        .wait_for("Hello from elsewhere!");
    terminal.press("q");
    assert!(terminal.end().success());
}

#[test]
fn an_editor_that_cannot_be_started_is_named() {
    let environment = [("EDITOR", "no-such-editor"), ("VISUAL", "")];
    let mut terminal = Terminal::start(&["lesson", "1"], &environment);
    terminal.wait_for("runs function hello").press("E");
    terminal
        .wait_for("the editor 'no-such-editor' failed")
        .press("q");
    assert!(terminal.end().success());
}

#[test]
fn a_broken_file_is_shown_with_its_line_and_mended_by_the_next_save() {
    let mut terminal = Terminal::start(&["lesson", "1"], &[]);
    terminal.wait_for("runs function hello").press("2");
    let file = terminal.file("01-basic-response/app.py");
    let good = fs::read_to_string(&file).unwrap();
    fs::write(
        &file,
        "def application(environ, start_response)\n    pass\n",
    )
    .unwrap();
    terminal
        .wait_for("cannot be loaded")
        .wait_for("SyntaxError");
    fs::write(&file, good).unwrap();
    terminal
        .wait_for("runs function hello")
        .wait_for_end_of("SyntaxError");
}

#[test]
fn the_editor_opens_on_the_line_that_failed() {
    let app = "\
def app(environ, start_response):
    print('seen')
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return 'text'
";
    let mut terminal = Terminal::run("app.py", &[("app.py", app)]);
    terminal.wait_for("runs function app").press(" ");
    // What is said of the other mistake stands between the lines, and is no part of the file.
    terminal
        .wait_for("print-in-app")
        .wait_for("sent, ")
        .press("e");
    terminal.wait_for("esc leave").press("#");
    terminal.wait_for("#    return 'text'");
}

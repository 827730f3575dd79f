//! Folders and variables that are not there, or not what they should be.

use std::fs;

use rstest::rstest;
use rustix::process::Signal;

use crate::program::{Home, Serving, run};
use crate::support::{SYSTEM, Tutor};
use crate::table::{Section, assert_row};
use crate::terminal::Terminal;

/// A file where a folder should be: nobody can write below it, whoever it is.
const NO_FOLDER: &str = "/dev/null/folder";

#[test]
fn a_workspace_that_cannot_be_written() {
    let home = Home::new();
    let ran = run(home.lesson().args(["--workspace", NO_FOLDER]));
    ran.assert_says(
        1,
        &[NO_FOLDER, "choose another folder with --workspace DIR"],
    );
    assert_row(
        Section::Surroundings,
        "the workspace cannot be written",
        "it ends with exit code 1 and a line that names the folder, and the option for another",
    );
}

#[test]
fn a_state_folder_that_cannot_be_written() {
    let home = Home::new();
    let list = run(home.program(["list"]).env("XDG_STATE_HOME", NO_FOLDER));
    assert_eq!(list.code, Some(0));
    assert!(list.out.contains("basic-response"), "{list:?}");
    assert!(
        list.errors.contains("your progress, /dev/null/folder"),
        "{list:?}"
    );
    let mut terminal = Terminal::start(&["lesson", "1"], &[("XDG_STATE_HOME", NO_FOLDER)]);
    terminal
        .wait_for("your progress, /dev/null/folder")
        .press(" ")
        .wait_for("200 OK");
    terminal.leave();
    assert_row(
        Section::Surroundings,
        "the state folder cannot be written",
        "the lessons work, and it says that progress cannot be kept",
    );
}

#[test]
fn a_temporary_folder_that_cannot_be_used() {
    let home = Home::new();
    let long = home.folder.path().join("x".repeat(120));
    fs::create_dir(&long).unwrap();
    for folder in [NO_FOLDER, "/no/such/folder", long.to_str().unwrap()] {
        let serving = Serving::start(home.lesson().env("TMPDIR", folder));
        assert_eq!(serving.stop().code, Some(0));
        let doctor = run(home
            .program(["doctor", "--python", SYSTEM])
            .env("TMPDIR", folder));
        assert!(
            doctor.out.contains("cannot be used; /tmp is used instead"),
            "{doctor:?}"
        );
    }
    assert_eq!(fs::read_dir(long).unwrap().count(), 0);
    assert_row(
        Section::Surroundings,
        "TMPDIR is missing, is no folder, or is too long for the name of a socket",
        "/tmp is used instead, and doctor says so",
    );
}

#[test]
fn a_home_that_is_none() {
    let home = Home::new();
    let file = home.folder.path().join("file");
    fs::write(&file, "").unwrap();
    let ran = run(home.lesson().env("HOME", &file));
    ran.assert_says(1, &["choose another folder with --workspace DIR"]);
    let elsewhere = home.folder.path().join("elsewhere");
    for value in ["", file.to_str().unwrap()] {
        let mut lesson = home.lesson();
        let serving = Serving::start(lesson.env("HOME", value).arg("--workspace").arg(&elsewhere));
        assert_eq!(serving.stop().code, Some(0));
    }
    assert_row(
        Section::Surroundings,
        "HOME is empty, or a file",
        "it works with --workspace DIR; without it a line says so where HOME is a file",
    );
}

#[rstest]
#[case("LANG is empty, or the locale is not UTF-8", &[("LANG", ""), ("LC_ALL", "C")])]
#[case("TERM is empty, or says 'dumb'", &[("TERM", "dumb")])]
fn a_terminal_that_says_little(#[case] fault: &str, #[case] environment: &[(&str, &str)]) {
    let mut terminal = Terminal::start(&["lesson", "1"], environment);
    terminal
        .wait_for("runs function hello")
        .press(" ")
        .wait_for("200 OK");
    terminal.leave();
    let empty: Vec<(&str, &str)> = environment.iter().map(|(name, _)| (*name, "")).collect();
    let mut terminal = Terminal::start(&["lesson", "1"], &empty);
    terminal.wait_for("runs function hello");
    terminal.leave();
    assert_row(
        Section::Surroundings,
        fault,
        "the screen works all the same",
    );
}

#[test]
fn files_that_vanish_while_it_runs() {
    let app = |word: &str| {
        format!(
            "def application(environ, start_response):\n    start_response('200 OK', [('Content-Type', 'text/plain')])\n    return [b'{word}']\n"
        )
    };
    let tutor = Tutor::lesson(1).app(app("one")).start();
    let folder = tutor.project().to_owned();
    fs::remove_file(tutor.app()).unwrap();
    let page = tutor.get("/");
    assert_eq!(page.status, "500 Internal Server Error");
    assert!(
        page.text().contains("put it back, or save it again"),
        "{}",
        page.text()
    );
    tutor.save(&app("two"));
    assert_eq!(tutor.get("/").text(), "two");
    fs::remove_dir_all(&folder).unwrap();
    assert_eq!(tutor.get("/").status, "500 Internal Server Error");
    // Another folder of the same name, as when a version control system changes it.
    fs::create_dir(&folder).unwrap();
    fs::write(tutor.app(), app("three")).unwrap();
    assert_eq!(tutor.get("/").text(), "three");
    assert_eq!(tutor.stop(Signal::TERM).status.code(), Some(0));
    assert_row(
        Section::Surroundings,
        "the application's file, or its folder, vanishes while it runs",
        "requests are answered with 500 and a page that says so, until it is there again",
    );
}

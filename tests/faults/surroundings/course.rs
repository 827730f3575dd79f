//! A course that somebody else wrote: sequences a terminal would obey in all of its texts.

use std::fs;
use std::path::Path;

use super::escapes::{EVIL, assert_harmless, assert_not_obeyed, row};
use crate::program::{Home, Serving, run};
use crate::support::SYSTEM;
use crate::terminal::Terminal;

/// Begins a course in a folder that is not there yet.
fn new_course(home: &Home, folder: &Path) {
    let made = run(&mut home.program(["lessons", "new", folder.to_str().unwrap()]));
    assert_eq!(made.code, Some(0), "{made:?}");
}

/// A text as a string of TOML.
fn toml_string(text: &str) -> String {
    let escaped = text.chars().map(|it| format!("\\u{:04x}", u32::from(it)));
    format!("\"{}\"", escaped.collect::<String>())
}

/// Puts EVIL into every text of the course that a learner gets to see.
fn spoil(course: &Path) {
    let lesson = course.join("01-first-lesson");
    let change = |file: &str, change: &dyn Fn(&str) -> String| {
        let path = lesson.join(file);
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, change(&text)).unwrap();
    };
    let evil = toml_string(EVIL);
    let spoiled = |text: &str| -> String {
        let texts = ["title", "summary", "says", "asks", "why", "say", "text"];
        let line = |line: &str| {
            let key = line.split_once(" = ").map(|(key, _)| key);
            match key.filter(|key| texts.contains(key)) {
                Some(key) => format!("{key} = {evil}\n"),
                None => format!("{line}\n"),
            }
        };
        text.lines().map(line).collect()
    };
    change("lesson.toml", &|text| {
        let learned = format!("learned = [{evil}]");
        spoiled(text).replace(
            "learned = [\"The path that was asked for stands in environ.\"]",
            &learned,
        )
    });
    change("steps/send.toml", &spoiled);
    change("steps/answer-the-path.toml", &spoiled);
    change("mistakes/body-is-str.toml", &spoiled);
    let prose: String = EVIL.chars().filter(|it| *it != '\r').collect();
    for step in ["steps/send.md", "steps/answer-the-path.md"] {
        change(step, &|text| {
            let title = text.lines().next().unwrap();
            format!("{title} {prose}\n\n{prose} `{prose}`\n\n```\n{prose}\n```\n{text}").replacen(
                &format!("\n{title}\n"),
                "\n",
                1,
            )
        });
    }
}

#[test]
fn printed() {
    let home = Home::new();
    let course = home.folder.path().join("course");
    new_course(&home, &course);
    spoil(&course);
    let course = course.to_str().unwrap();
    let commands: [&[&str]; 5] = [
        &["list", "--lessons", course],
        &["lessons", "check", course, "--python", SYSTEM],
        &["check", "1", "--lessons", course, "--python", SYSTEM],
        &["list", "--lessons", course],
        &["reset", "1", "--lessons", course],
    ];
    let plain = [
        "lesson",
        "1",
        "--plain",
        "--port",
        "0",
        "--python",
        SYSTEM,
        "--lessons",
        course,
    ];
    let told = Serving::start(&mut home.program(plain)).stop();
    assert!(told.out.contains("EVIL"), "{told:?}");
    assert_harmless(&told.out);
    for arguments in commands {
        let ran = run(&mut home.program(arguments));
        let text = format!("{}{}", ran.out, ran.errors);
        let names_a_title = arguments[0] == "list" || arguments[0] == "check";
        assert!(text.contains("EVIL") || !names_a_title, "{ran:?}");
        assert_harmless(&text);
    }
    row();
}

#[test]
fn on_the_screen() {
    let home = Home::new();
    let course = home.folder.path().join("course");
    new_course(&home, &course);
    spoil(&course);
    let course = course.to_str().unwrap();
    let workspace = tempfile::tempdir().unwrap();
    let arguments = ["--lessons", course, "--workspace", "w", "--port", "0"];
    let mut terminal = Terminal::spawn(workspace, &arguments, &[]);
    // The list of lessons, and the lesson with its steps, its hints, its question and its mistake.
    terminal.wait_for("\\x1b]0;EVIL").press("\r");
    terminal
        .wait_for("Task")
        .wait_for("\\x1b]0;EVIL")
        .press(" ");
    terminal.wait_for("#1");
    terminal.press("nhh").wait_for("apples").press("g");
    terminal.wait_for("enter choose").press("q");
    terminal.wait_for_end_of("enter choose").press("m");
    terminal.wait_for("enter choose").press("q");
    terminal.wait_for_end_of("enter choose").press("l");
    terminal.wait_for("enter open");
    let (_, raw) = terminal.give_back();
    assert_not_obeyed(&String::from_utf8_lossy(&raw));
    row();
}

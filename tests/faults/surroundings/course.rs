//! A course that somebody else wrote: sequences a terminal would obey in all of its texts, and
//! pipes in the place of its files.

use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::process::Command;

use rstest::rstest;
use rustix::fs::{CWD, FileType, Mode, mknodat};

use super::escapes::{EVIL, assert_harmless, assert_not_obeyed, row};
use crate::program::{Home, Serving, run};
use crate::support::SYSTEM;
use crate::table::{Section, assert_row};
use crate::terminal::Terminal;
use crate::watch::until;

/// Begins a course in a folder that does not exist yet.
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
            "learned = [\"environ holds the path of the request.\"]",
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

/// Puts a pipe in the place of a file.
fn pipe(path: &Path) {
    let _ = fs::remove_file(path);
    mknodat(CWD, path, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
}

/// Runs a command that must not wait for ever.
fn ended(mut command: Command) -> String {
    let mut child = command.spawn().unwrap();
    let status = until(
        "the end of the command",
        || child.try_wait().unwrap(),
        Option::is_some,
    );
    let mut said = format!("{status:?} ");
    let (out, errors) = (child.stdout.take(), child.stderr.take());
    out.unwrap().read_to_string(&mut said).unwrap();
    errors.unwrap().read_to_string(&mut said).unwrap();
    said
}

#[rstest]
#[case("lesson.toml")]
#[case("app.py")]
#[case("steps/send.md")]
#[case("steps/send.toml")]
#[case("steps/answer-the-path.py")]
#[case("mistakes/body-is-str.toml")]
fn pipes_in_it(#[case] file: &str) {
    let home = Home::new();
    let course = home.folder.path().join("course");
    new_course(&home, &course);
    pipe(&course.join("01-first-lesson").join(file));
    let course = course.to_str().unwrap();
    let lesson = ["lesson", "1", "--plain", "--lessons", course];
    let commands: [&[&str]; 5] = [
        &["list", "--lessons", course],
        &lesson,
        &["check", "1", "--lessons", course],
        &["reset", "1", "--lessons", course],
        &["lessons", "check", course],
    ];
    for arguments in commands {
        let said = ended(home.program(arguments));
        let what = format!("{file}: the file cannot be read: it is not a regular file\n");
        assert!(said.contains(&what), "{said}");
    }
    pipes_row();
}

#[test]
fn a_pipe_in_place_of_the_learners_file() {
    let home = Home::new();
    let course = home.folder.path().join("course");
    new_course(&home, &course);
    let course = course.to_str().unwrap();
    let workspace = home.folder.path().join("w");
    let own = [
        "--lessons",
        course,
        "--workspace",
        workspace.to_str().unwrap(),
    ];
    let serve = ["lesson", "1", "--plain", "--port", "0", "--python", SYSTEM];
    let serve = [&serve[..], &own].concat();
    let told = Serving::start(&mut home.program(&serve)).stop();
    let app = told.out.split("the app is ").nth(1).unwrap();
    let app = app.split(". Ctrl-C").next().unwrap();
    pipe(Path::new(app));
    let mut serving = Serving::begin(&mut home.program(&serve));
    serving.until("it is not a regular file", "it is not a regular file");
    serving.stop();
    for command in ["check", "reset"] {
        let said = ended(home.program([&[command, "1"][..], &own].concat()));
        let refused = said.contains("it is not a regular file");
        assert!(
            refused || command == "reset" && said.contains("starts over"),
            "{said}"
        );
    }
    pipes_row();
}

fn pipes_row() {
    assert_row(
        Section::Surroundings,
        "a pipe in the place of a file of a course, or of the learner's",
        "list, lesson, check, reset and lessons check say that it is not a regular file, and wait for nothing",
    );
}

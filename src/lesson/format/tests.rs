//! Lessons as somebody may write them, and what is said of them.

use std::fs;
use std::path::Path;

use rstest::rstest;
use tempfile::TempDir;

use super::{Files, Lesson};
use crate::lesson::Catalogue;
use crate::lesson::check::By;

const MANIFEST: &str = r#"
format = 2
title = "First"
summary = "A beginning"
app = "app.py"
callable = "application"
steps = ["look", "change"]
mistakes = ["body-is-str"]
learned = ["Something."]

[request]
method = "GET"
path = "/"
"#;

const CHECKS: &str = r#"
[[check]]
says = "GET /word is answered with the word"
with = { word = "word" }
send = { path = "/{word}" }
expect = { body = { contains = "{word}" } }

[[check.wrong]]
when = { status = "404 Not Found" }
say = "{word} was not found."

[[check]]
says = "You asked for the page"
you = { method = "GET" }
expect = { status = { starts = "200" } }
"#;

const MISTAKE: &str = r#"
title = "Forget the b"
asks = "What comes?"
send = {}
why = "Because."
edit = [{ find = "b'", replace = "'" }]

[[answer]]
text = "An error"
expect = { status = { starts = "500" } }

[[answer]]
text = "A page"
expect = { status = { starts = "200" } }
"#;

/// A course of one lesson, with some files replaced or added.
fn course(changes: &[(&str, &str)]) -> TempDir {
    let course = tempfile::tempdir().unwrap();
    let lesson = course.path().join("01-first");
    let files = [
        ("lesson.toml", MANIFEST),
        ("app.py", "# app\n"),
        ("steps/look.md", "# Look\n\nText.\n"),
        (
            "steps/change.md",
            "# Change\n\nText.\n\n## Task\n\nDo it.\n",
        ),
        ("steps/change.toml", CHECKS),
        ("steps/change.py", "# b'changed'\n"),
        ("mistakes/body-is-str.toml", MISTAKE),
    ];
    for (name, text) in files.iter().chain(changes) {
        let file = lesson.join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
    course
}

fn read(course: &Path) -> Lesson {
    Lesson::read(&Files::Folder(course.join("01-first"))).unwrap()
}

#[test]
fn a_lesson_is_read_from_its_folder() {
    let course = course(&[]);
    let lesson = read(course.path());
    assert_eq!((lesson.number, lesson.name.as_str()), (1, "first"));
    let [look, change] = &lesson.steps[..] else {
        panic!("two steps");
    };
    assert_eq!((look.id.as_str(), look.is_exercise()), ("look", false));
    assert!(change.is_exercise());
    let [sent, own] = &change.checks[..] else {
        panic!("two checks");
    };
    assert_eq!(sent.line, 3);
    let By::Tutor { tries, .. } = &sent.by else {
        panic!("the tutor sends it");
    };
    assert_eq!(tries[0].wrong.len(), 1);
    assert!(matches!(own.by, By::Learner { .. }));
}

#[test]
fn each_step_begins_with_the_solution_before_it() {
    let course = course(&[(
        "mistakes/late.toml",
        &MISTAKE.replace("asks", "on = 'change'\nasks"),
    )]);
    let manifest = MANIFEST.replace("\"body-is-str\"", "\"body-is-str\", \"late\"");
    fs::write(course.path().join("01-first/lesson.toml"), manifest).unwrap();
    let lesson = read(course.path());
    assert_eq!(lesson.before(1), "# app\n");
    assert_eq!(lesson.before(2), "# b'changed'\n");
    assert_eq!(lesson.base_of(&lesson.mistakes[0]), "# app\n");
    assert_eq!(lesson.base_of(&lesson.mistakes[1]), "# b'changed'\n");
}

#[test]
fn a_mistake_is_made_where_its_text_stands_once() {
    let lesson = read(course(&[]).path());
    let mistake = &lesson.mistakes[0];
    assert_eq!(mistake.make_in("x = b'a'").as_deref(), Some("x = 'a'"));
    assert_eq!(mistake.make_in("x = b'a' + b'b'"), None);
    assert_eq!(mistake.make_in("x = 'a'"), None);
}

#[rstest]
#[case(
    "lesson.toml",
    "format = 1",
    "01-first/lesson.toml: this program reads formats 2 and 3, not 1"
)]
#[case(
    "lesson.toml",
    "format = 2\ntitel = 'x'",
    "01-first/lesson.toml:2: unknown field `titel`"
)]
#[case(
    "lesson.toml",
    "title = 'x'",
    "01-first/lesson.toml:1: missing field `format`"
)]
#[case(
    "steps/look.md",
    "Look",
    "01-first/steps/look.md:1: the first line is the step's title"
)]
#[case(
    "steps/lost.md",
    "# Lost\nx",
    "01-first/steps/lost.md: 'steps' in lesson.toml names nothing"
)]
#[case(
    "mistakes/x.toml",
    "",
    "01-first/mistakes/x.toml: 'mistakes' in lesson.toml names nothing"
)]
#[case(
    "steps/look.py",
    "x",
    "01-first/steps/look.toml: the step has a solution but no check"
)]
#[case(
    "steps/look.toml",
    "[[check]]\nsays = 'x'\nsend = {}\nexpect = {status = '200 OK'}",
    "01-first/steps/look.toml:2: a check the tutor sends needs a solution"
)]
#[case(
    "steps/change.toml",
    "[[check]]\nsays = 'x'",
    "01-first/steps/change.toml:2: a check has one of 'send', 'you' and 'check.try'"
)]
#[case(
    "steps/change.toml",
    "[[check]]\nsays = 'x'\nsend = {}",
    "01-first/steps/change.toml:2: nothing is expected here"
)]
#[case(
    "steps/change.toml",
    "[[check]]\nsays = 'x'\nsend = {path = '/{a}'}\nexpect = {status = '200 OK'}",
    "01-first/steps/change.toml:2: 'with' names no 'a'"
)]
#[case(
    "steps/change.toml",
    "[[check]]\nsays = 'x'\nsend = {path = 'a'}\nexpect = {status = '200 OK'}",
    "01-first/steps/change.toml:2: a path begins with '/'"
)]
#[case(
    "steps/change.toml",
    "[[check]]\nsays = 'x'\nsend = {headers = {A = \"x\\r\\nB: y\"}}\nexpect = {status = '200 OK'}",
    "01-first/steps/change.toml:2: there is a control character in 'x"
)]
#[case(
    "steps/change.toml",
    "[[check]]\nsays = 'x'\nsend = {body = 'Zo\u{eb}'}\nexpect = {status = '200 OK'}",
    "01-first/steps/change.toml:2: 'Zo\u{eb}' is not ASCII; write each other byte as \\xff"
)]
#[case(
    "steps/change.toml",
    "[[check]]\nsays = 'x'\nsend = {body = 'a', form = {a = 'b'}}\nexpect = {status = '200 OK'}",
    "01-first/steps/change.toml:2: a request has one body"
)]
#[case(
    "steps/change.toml",
    "[[check]]\nsays = 'x'\nsend = {raw = 'a', path = '/'}\nexpect = {status = '200 OK'}",
    "01-first/steps/change.toml:2: 'raw' is the whole request"
)]
#[case(
    "steps/look.toml",
    "[[check]]\nsays = 'x'\nyou = {raw = 'a'}\nexpect = {status = '200 OK'}",
    "01-first/steps/look.toml:2: 'raw' is for what the tutor sends"
)]
#[case(
    "steps/change.toml",
    "[[check]]\nsays = 'x'\nsend = {}\nexpect = {stat = '200 OK'}",
    "01-first/steps/change.toml:4: unknown field `stat`"
)]
#[case(
    "steps/change.md",
    "# Change\nText.",
    "01-first/steps/change.md: the step is checked and does not say what to do"
)]
#[case(
    "steps/look.toml",
    "[question]\nasks = 'x'\nsend = {}\nwhy = 'x'\nanswer = []",
    "01-first/steps/look.toml:2: a question has two to four answers"
)]
#[case(
    "ways/change/wrong/x.py",
    "x = 1",
    "01-first/ways/change/wrong/x.py:1: a wrong way begins with a line '# told: '"
)]
#[case(
    "ways/change/right/x.py",
    "# told: That is right.",
    "01-first/ways/change/right/x.py:1: nothing is told of a right way"
)]
#[case(
    "ways/chance/right/x.py",
    "x = 1",
    "01-first/ways/chance: there is no step 'chance'"
)]
fn what_is_wrong_is_told_with_its_place(
    #[case] file: &str,
    #[case] text: &str,
    #[case] expected: &str,
) {
    let course = course(&[(file, text)]);
    let flaws = Catalogue::read(course.path()).unwrap_err();
    let told: Vec<String> = flaws.iter().map(ToString::to_string).collect();
    assert!(
        told.iter().any(|flaw| flaw.starts_with(expected)),
        "{told:#?}"
    );
}

#[test]
fn all_that_is_wrong_is_told_at_once() {
    let course = course(&[("steps/look.md", "Look"), ("steps/change.md", "Change")]);
    assert_eq!(Catalogue::read(course.path()).unwrap_err().len(), 2);
}

#[test]
fn an_empty_course_is_told() {
    let course = tempfile::tempdir().unwrap();
    let flaws = Catalogue::read(course.path()).unwrap_err();
    assert!(flaws[0].what.starts_with("there is no lesson here"));
}

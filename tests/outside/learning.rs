//! The commands around the lessons, without a screen: check, reset, list, doctor, and those for
//! people who write lessons.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use rstest::rstest;
use serde_json::Value;
use tempfile::TempDir;
use wsgi_tutor::lesson::{Catalogue, Change, ProgressFile};

use crate::support::{Engine, SYSTEM};

#[cfg(feature = "embedded-python")]
use crate::support::EMBEDDED;

/// Somebody's folders.
struct Home(TempDir);

impl Home {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_wsgi-tutor"));
        command.args(arguments);
        command.env("XDG_STATE_HOME", self.0.path().join("state"));
        command.env("XDG_DATA_HOME", self.0.path().join("data"));
        command.env("TMPDIR", self.0.path());
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// The learner's file of lesson 1.
    fn file(&self) -> PathBuf {
        let workspace = self.0.path().join("data/wsgi-tutor/workspace");
        workspace.join("01-basic-response/app.py")
    }

    fn begin(&self, source: &str) {
        fs::create_dir_all(self.file().parent().unwrap()).unwrap();
        fs::write(self.file(), source).unwrap();
    }

    fn progress(&self) -> ProgressFile {
        let folder = self.0.path().join("state/wsgi-tutor");
        ProgressFile::open(&folder).unwrap().0
    }
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn complained(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// The solution of a step of lesson 1.
fn solution(step: &str) -> String {
    let lesson = Catalogue::embedded().unwrap().lessons.remove(0);
    let place = lesson.place_of(step).unwrap();
    lesson.steps[place].solution.clone().unwrap()
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn a_file_is_checked_without_a_screen(#[case] engine: Engine) {
    let home = Home::new();
    home.begin(&solution("what-was-asked"));
    let arguments = ["check", "1", "what-was-asked", "--python", engine];
    let output = home.run(&arguments);
    assert_eq!(output.status.code(), Some(0), "{}", complained(&output));
    assert!(said(&output).contains("passed   What was asked (what-was-asked)"));
    // A print for oneself is no part of the answer.
    let prints = solution("what-was-asked").replace("    path =", "    print('here')\n    path =");
    home.begin(&prints);
    assert_eq!(home.run(&arguments).status.code(), Some(0));
    // A word that was written down is not the one that is asked for.
    let fixed = prints
        .replace("{path}", "/tea")
        .replace("environ['PATH_INFO']", "'/tea'");
    home.begin(&fixed);
    let output = home.run(&arguments);
    assert_eq!(output.status.code(), Some(1));
    let told = said(&output);
    for part in [
        "not yet",
        "sent     GET /",
        "came     200 OK",
        "expected a body that contains '/",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
}

#[test]
fn a_step_that_was_passed_once_stays_passed_by_the_file_that_was_kept() {
    let home = Home::new();
    home.begin(&solution("a-small-site"));
    let lesson = Catalogue::embedded().unwrap().lessons.remove(0);
    let steps = lesson.steps.iter().filter(|step| step.is_exercise());
    let kept = home.file().with_file_name("passed");
    fs::create_dir_all(&kept).unwrap();
    for step in steps.clone() {
        fs::write(
            kept.join(format!("{}.py", step.id)),
            step.solution.as_ref().unwrap(),
        )
        .unwrap();
    }
    let output = home.run(&["check", "1", "--json", "--python", SYSTEM]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let report: Value = serde_json::from_str(&said(&output)).unwrap();
    assert_eq!(report["passed"], true);
    assert_eq!(report["steps"].as_array().unwrap().len(), steps.count());
    assert_eq!(report["steps"][0]["kept"], true);
    // It is run anew, not believed.
    fs::write(kept.join("a-class.py"), solution("a-small-site")).unwrap();
    let output = home.run(&["check", "1", "a-class", "--python", SYSTEM]);
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn a_file_that_cannot_be_loaded_does_not_pass() {
    let home = Home::new();
    home.begin("def application(environ, start_response)\n    pass\n");
    let output = home.run(&["check", "1", "what-was-asked", "--python", SYSTEM]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("SyntaxError"), "{}", said(&output));
}

#[rstest]
#[case(&["check"], "you have not started a lesson yet")]
#[case(&["check", "1"], "you have not started lesson 1")]
#[case(&["check", "9"], "there is no lesson '9'")]
#[case(&["check", "1", "nowhere"], "lesson 1 has no step 'nowhere'; its steps are 1 to 8, or first-request")]
#[case(&["check", "1", "--lessons", "/nowhere"], "/nowhere: the folder of the lessons cannot be read")]
#[case(&["doctor", "--lessons", "/nowhere"], "/nowhere: the folder of the lessons cannot be read")]
fn what_cannot_be_checked_is_told(#[case] arguments: &[&str], #[case] expected: &str) {
    let output = Home::new().run(arguments);
    assert_ne!(output.status.code(), Some(0));
    assert!(
        complained(&output).contains(expected),
        "{}",
        complained(&output)
    );
}

#[test]
fn the_lessons_that_come_with_the_program_hold_under_each_python() {
    let output = Home::new().run(&["lessons", "check"]);
    assert_eq!(output.status.code(), Some(0), "{}", complained(&output));
    assert!(
        said(&output).ends_with("Everything passes.\n"),
        "{}",
        said(&output)
    );
}

#[test]
fn a_course_that_was_just_begun_holds() {
    let home = Home::new();
    let course = home.0.path().join("course");
    let course = course.to_str().unwrap();
    assert!(home.run(&["lessons", "new", course]).status.success());
    let output = home.run(&["lessons", "check", course]);
    assert_eq!(output.status.code(), Some(0), "{}", complained(&output));
    let again = home.run(&["lessons", "new", course]);
    assert!(complained(&again).contains("is not empty"));
    let list = home.run(&["list", "--lessons", course]);
    assert!(said(&list).contains("A first lesson"), "{}", said(&list));
}

#[test]
fn two_wrong_ways_of_a_step_are_told_apart() {
    let home = Home::new();
    let course = home.0.path().join("course");
    let course = course.to_str().unwrap();
    home.run(&["lessons", "new", course]);
    let wrong = Path::new(course).join("01-first-lesson/ways/answer-the-path/wrong");
    fs::copy(wrong.join("still-hello.py"), wrong.join("too.py")).unwrap();
    let output = home.run(&["lessons", "check", course, "--python", SYSTEM]);
    let expected =
        "too.py:1: 01-first-lesson/ways/answer-the-path/wrong/still-hello.py is told the same";
    assert!(
        complained(&output).contains(expected),
        "{}",
        complained(&output)
    );
}

/// A question about bytes that no browser would send, and the status that comes of them.
#[rstest]
#[case::without_a_host(r"raw = 'GET / HTTP/1.1\r\n\r\n'", "400")]
#[case::connection_kept_open(r"raw = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n'", "200")]
#[case::no_http(r"raw = '\x00\r\n\r\n'", "400")]
#[case::body_that_is_not_utf_8(r"body = 'name=\xff'", "200")]
fn any_bytes_can_be_sent(#[case] send: &str, #[case] status: &str) {
    let home = Home::new();
    let course = home.0.path().join("course");
    let course = course.to_str().unwrap();
    home.run(&["lessons", "new", course]);
    let file = Path::new(course).join("01-first-lesson/steps/send.toml");
    let text = fs::read_to_string(&file).unwrap();
    let question = format!(
        "{text}
[question]
asks = 'What comes?'
why = 'It is so.'
send = {{ {send} }}

[[question.answer]]
text = 'This'
expect = {{ status = {{ starts = '{status}' }} }}

[[question.answer]]
text = 'Nothing of the kind'
expect = {{ status = {{ starts = '9' }} }}
"
    );
    fs::write(&file, question).unwrap();
    let output = home.run(&["lessons", "check", course, "--python", SYSTEM]);
    assert_eq!(output.status.code(), Some(0), "{}", complained(&output));
}

/// Of each step that asks for a change, one more right way at least, and three wrong ones.
#[test]
fn the_lessons_that_come_with_the_program_bring_other_ways() {
    for lesson in &Catalogue::embedded().unwrap().lessons {
        for step in lesson.steps.iter().filter(|step| step.is_exercise()) {
            let wrong = step.ways.iter().filter(|way| way.told.is_some()).count();
            let right = step.ways.len() - wrong;
            assert!(right >= 1 && wrong >= 3, "{}: {right} and {wrong}", step.id);
        }
    }
}

/// What is changed in the course that was begun, and what is said of it.
#[rstest]
#[case(
    "steps/answer-the-path.toml",
    "{ body = { contains = \"/{word}\" }, reads = [\"PATH_INFO\"] }",
    "{ status = \"200 OK\" }",
    "answer-the-path.toml:3: 'Answer with the path' passes before anything was done"
)]
#[case(
    "steps/answer-the-path.py",
    "path = environ['PATH_INFO']",
    "path = '/'",
    "answer-the-path.toml:3: 'Answer with the path' fails on its solution"
)]
#[case(
    "steps/answer-the-path.toml",
    "status = { starts = \"404\" }",
    "status = { starts = \"200\" }",
    "answer-the-path.toml:13: exactly one answer must be right"
)]
#[case(
    "steps/answer-the-path.md",
    "(key:PATH_INFO)",
    "(key:PATH_INFOS)",
    "answer-the-path.md:4: there is no key 'PATH_INFOS' of environ"
)]
#[case(
    "steps/answer-the-path.md",
    "(key:PATH_INFO)",
    "(term:pathos)",
    "answer-the-path.md:4: 'wsgi-tutor explain' knows no term 'pathos'"
)]
#[case(
    "steps/answer-the-path.md",
    "`environ`",
    "`SCRIPT_NAMES`",
    "answer-the-path.md:3: 'SCRIPT_NAMES' is neither a key of environ"
)]
#[case(
    "mistakes/body-is-str.toml",
    "{ starts = \"500\" }",
    "{ starts = \"200\" }",
    "exactly one answer must be right"
)]
#[case(
    "mistakes/body-is-str.toml",
    "mistake = \"body-is-str\"",
    "mistake = \"body-is-none\"",
    "this is not recognized as 'body-is-none'; found: body-is-str"
)]
#[case(
    "mistakes/body-is-str.toml",
    "find = \"return",
    "find = \"returns",
    "must occur exactly once"
)]
#[case(
    "ways/answer-the-path/right/greeting.py",
    "environ['PATH_INFO'].encode('utf-8')",
    "b'it'",
    "greeting.py:1: 'Answer with the path' fails on this right way: GET /"
)]
#[case(
    "ways/answer-the-path/wrong/still-hello.py",
    "b'Hello!\\n'",
    "path.encode()",
    "still-hello.py:1: this wrong way passes all checks of its step"
)]
#[case(
    "ways/answer-the-path/wrong/still-hello.py",
    "# told: The answer",
    "# told: This answer",
    "still-hello.py:1: the learner is told 'The answer is still Hello. Did you save the file?'"
)]
#[case(
    "steps/answer-the-path.md",
    "`environ['PATH_INFO'].encode('utf-8')` turns it into bytes.",
    "So.\n\n## Arrange\n\n```\nx = 1\ny = 2\nz = 3\n```",
    "the solution does not have the line 'x = 1' here"
)]
#[case(
    "steps/answer-the-path.toml",
    "[question]",
    "[[check.wrong]]\nwhen = { status = { starts = \"404\" } }\nsay = \"Never.\"\n\n[question]",
    "answer-the-path.toml:14: no wrong way of this step is told this"
)]
#[case(
    "ways/answer-the-path/wrong/still-hello.py",
    "b'Hello!\\n'",
    "'Hello!\\n'",
    "is told 'A block of the body is a str (body-item-is-str). Each block"
)]
fn what_is_wrong_with_a_course_is_found(
    #[case] file: &str,
    #[case] from: &str,
    #[case] to: &str,
    #[case] expected: &str,
) {
    let home = Home::new();
    let course = home.0.path().join("course");
    home.run(&["lessons", "new", course.to_str().unwrap()]);
    let file = course.join("01-first-lesson").join(file);
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.contains(from), "{text}");
    fs::write(&file, text.replacen(from, to, 1)).unwrap();
    let output = home.run(&[
        "lessons",
        "check",
        course.to_str().unwrap(),
        "--python",
        SYSTEM,
    ]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(
        complained(&output).contains(expected),
        "{}",
        complained(&output)
    );
}

#[test]
fn a_lesson_that_begins_anew_loses_nothing() {
    let home = Home::new();
    assert!(said(&home.run(&["reset", "1"])).contains("nothing to reset"));
    let change = |done: bool, lesson: &str| {
        let (lesson, step) = (lesson.to_owned(), "first-request".to_owned());
        if done {
            Change::Done { lesson, step }
        } else {
            Change::At { lesson, step }
        }
    };
    let mut progress = home.progress();
    let both = [change(true, "basic-response"), change(false, "form-post")];
    progress.record(&both).unwrap();
    let mut kept: Vec<String> = Vec::new();
    for text in ["# one\n", "# two\n"] {
        home.begin(text);
        let told = said(&home.run(&["reset", "basic-response"]));
        let place = told.split("kept in ").nth(1).unwrap().trim_end();
        let place = Path::new(place.trim_end_matches('.'));
        kept.push(fs::read_to_string(place.join("app.py")).unwrap());
    }
    assert_eq!(kept, ["# one\n", "# two\n"]);
    assert!(
        fs::read_to_string(home.file())
            .unwrap()
            .starts_with("\"\"\"Lesson 1")
    );
    let progress = home.progress();
    assert!(
        !progress
            .progress()
            .is_done("basic-response", "first-request")
    );
    assert_eq!(progress.progress().at("form-post"), Some("first-request"));
    assert_eq!(home.run(&["reset", "9"]).status.code(), Some(2));
}

/// Everything that stands in a file of this name, in a folder and those within it.
fn texts(folder: &Path, name: &str) -> Vec<String> {
    let mut texts = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            texts.extend(self::texts(&path, name));
        } else if path.ends_with(name) {
            texts.push(fs::read_to_string(path).unwrap());
        }
    }
    texts
}

#[test]
fn a_reset_that_is_killed_at_any_moment_loses_nothing() {
    let home = Home::new();
    let workspace = home.0.path().join("data/wsgi-tutor/workspace");
    let lesson = Catalogue::embedded().unwrap().lessons.remove(0);
    for round in 0..80 {
        let mine = format!("# what was written in round {round}\n");
        home.begin(&mine);
        let mut command = home.command(&["reset", "1"]);
        let mut reset = command.stdout(Stdio::null()).spawn().unwrap();
        // The moments are spread over more than the whole run.
        let moment = Instant::now() + Duration::from_micros(round * 200);
        while Instant::now() < moment {
            std::hint::spin_loop();
        }
        reset.kill().unwrap();
        reset.wait().unwrap();
        let there = texts(&workspace, "app.py");
        assert!(there.contains(&mine), "round {round}");
        let whole = |text: &String| *text == lesson.source || text.starts_with("# what was");
        assert!(there.iter().all(whole), "round {round}: {there:?}");
        let (_, trouble) = ProgressFile::open(&home.0.path().join("state/wsgi-tutor")).unwrap();
        assert_eq!(trouble, None, "round {round}");
    }
    // The last one may have been killed before it made the new file, which is made when the lesson
    // is opened.
    home.begin("# what was written last\n");
    assert!(home.run(&["reset", "1"]).status.success());
    assert_eq!(fs::read_to_string(home.file()).unwrap(), lesson.source);
}

#[test]
fn the_list_says_how_far_the_learner_is() {
    let home = Home::new();
    assert!(said(&home.run(&["list"])).contains("not started"));
    let mut progress = home.progress();
    let done = Change::Done {
        lesson: "form-post".into(),
        step: "see-the-form".into(),
    };
    progress.record(&[done]).unwrap();
    assert!(said(&home.run(&["list"])).contains("1 of 7 steps done"));
    // What cannot be understood is set aside, and said.
    let file = home.0.path().join("state/wsgi-tutor/progress.toml");
    fs::write(&file, "half a f").unwrap();
    let output = home.run(&["list"]);
    assert!(complained(&output).contains("could not be understood"));
    assert!(said(&output).contains("not started"));
}

#[test]
fn the_doctor_looks_at_what_the_lessons_need() {
    let home = Home::new();
    let output = home.run(&["doctor", "--port", "0", "--python", SYSTEM]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let told = said(&output);
    for name in [
        "version",
        "installed",
        "to update: ",
        "terminal",
        "colours",
        "letters",
        "python",
        "port",
        "workspace",
        "progress",
        "temporary",
    ] {
        assert!(told.contains(name), "{name}: {told}");
    }
    assert!(told.contains("answers requests"), "{told}");
    let output = home.run(&["doctor", "--json", "--python", "/nowhere/python"]);
    assert_ne!(output.status.code(), Some(0), "{}", said(&output));
    let file = home.0.path().join("file");
    fs::write(&file, "").unwrap();
    let inside = file.join("folder");
    let inside = inside.to_str().unwrap();
    let output = home.run(&[
        "doctor",
        "--json",
        "--python",
        SYSTEM,
        "--workspace",
        inside,
    ]);
    let findings: Value = serde_json::from_str(&said(&output)).unwrap();
    assert!(
        findings
            .as_array()
            .unwrap()
            .iter()
            .any(|it| it["name"] == "workspace")
    );
}

#[test]
fn completions_and_the_man_page_are_printed() {
    let home = Home::new();
    assert!(said(&home.run(&["completions", "bash"])).contains("complete"));
    assert!(said(&home.run(&["man"])).contains(".TH"));
    let output = home.run(&["completions", "cmd"]);
    assert_eq!(output.status.code(), Some(2));
}

//! `wsgi-tutor check app.py`: an app of one's own is sent the probes, and its mistakes are told.

use std::fs;
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use rstest::rstest;
use serde_json::Value;
use tempfile::TempDir;

#[cfg(feature = "embedded-python")]
use crate::support::EMBEDDED;
use crate::support::{Engine, SYSTEM};

const RIGHT: &str = "\
def application(environ, start_response):
    body = b'Hello'
    start_response('200 OK', [('Content-Type', 'text/plain'), ('Content-Length', '5')])
    return [body]
";

const WRONG: &str = "\
from urllib.parse import parse_qs

def application(environ, start_response):
    query = parse_qs(environ['QUERY_STRING'])
    text = query.get('text', [''])[0]
    start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8')])
    return [f'<p>{text}</p>'.encode('utf-8'), str(environ['SERVER_PORT'])]
";

/// Checks an app in a folder with these files.
pub fn check(files: &[(&str, &str)], arguments: &[&str], engine: Engine) -> Output {
    let folder = TempDir::new().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    Command::new(env!("CARGO_BIN_EXE_wsgi-tutor"))
        .arg("check")
        .args(arguments)
        .args(["--python", engine])
        .current_dir(folder.path())
        .env("TMPDIR", folder.path())
        .env("XDG_STATE_HOME", folder.path())
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    assert!(output.stderr.is_empty(), "{output:?}");
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn a_right_app_gets_nothing(#[case] engine: Engine) {
    let output = check(&[("app.py", RIGHT)], &["app.py"], engine);
    let said = said(&output);
    assert!(
        said.starts_with("app.py: nothing to complain about (11 requests, "),
        "{said}"
    );
    assert_eq!(said.lines().count(), 1, "{said}");
    assert_eq!(output.status.code(), Some(0));
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn a_wrong_app_is_told_each_mistake_once_with_its_place(#[case] engine: Engine) {
    let output = check(&[("app.py", WRONG)], &["app.py", "--json"], engine);
    assert_eq!(output.status.code(), Some(1));
    let told: Value = serde_json::from_str(&said(&output)).unwrap();
    assert_eq!(told["app"], "app.py");
    assert_eq!(told["requests"].as_array().unwrap().len(), 11);
    let diagnoses = told["diagnoses"].as_array().unwrap();
    let found: Vec<(&str, u64, u64)> = diagnoses
        .iter()
        .map(|it| {
            let number = |key: &str| it[key].as_u64().unwrap();
            (
                it["slug"].as_str().unwrap(),
                number("line"),
                number("column"),
            )
        })
        .collect();
    assert_eq!(
        found,
        [("body-item-is-str", 7, 47), ("html-unescaped", 7, 13)]
    );
    let seen = diagnoses[0]["seen"].as_array().unwrap();
    assert!(seen.len() > 5, "{seen:?}");
    assert_eq!(seen[0], "GET /");
    let seen = &diagnoses[1]["seen"];
    assert!(
        seen[0].as_str().unwrap().starts_with("GET /?name="),
        "{seen}"
    );
}

#[test]
fn the_mistakes_of_an_app_are_told_as_compilers_tell_them() {
    let output = check(&[("app.py", WRONG)], &["app.py:application"], SYSTEM);
    let said = said(&output);
    assert!(
        said.starts_with("error[body-item-is-str]: the iterable gave a str, "),
        "{said}"
    );
    assert!(said.contains("app.py:7:47\n"), "{said}");
    assert!(
        said.contains("\n  = seen: with GET / and 9 more\n"),
        "{said}"
    );
    assert!(said.contains("\nerror[html-unescaped]: "), "{said}");
    let last = said.lines().last().unwrap();
    assert!(
        last.starts_with("app.py:application: 2 errors (11 requests, CPython"),
        "{last}"
    );
}

#[rstest]
#[case("pages.site:app")]
#[case("pages.site")]
fn an_app_may_be_in_a_module(#[case] target: &str) {
    let app = RIGHT.replace("application", "app");
    let files = [("pages/__init__.py", ""), ("pages/site.py", app.as_str())];
    let output = check(&files, &[target], SYSTEM);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
}

#[test]
fn an_app_that_cannot_be_loaded_is_wrong() {
    let output = check(
        &[("app.py", "import no_such_module\n")],
        &["app.py"],
        SYSTEM,
    );
    assert_eq!(output.status.code(), Some(1));
    let said = said(&output);
    assert!(
        said.starts_with(
            "error[import-error]: ModuleNotFoundError: No module named 'no_such_module'"
        ),
        "{said}"
    );
    assert!(
        said.contains("app.py: 1 error (it could not be loaded, "),
        "{said}"
    );
}

#[test]
fn an_app_that_hangs_is_asked_no_more() {
    let app = "def application(environ, start_response):\n    while True:\n        pass\n";
    let began = Instant::now();
    let output = check(&[("app.py", app)], &["app.py"], SYSTEM);
    // One deadline, and not eleven.
    assert!(began.elapsed() < Duration::from_mins(1));
    assert_eq!(output.status.code(), Some(1));
    let said = said(&output);
    assert!(said.contains("error[app-hangs]"), "{said}");
    assert!(
        said.ends_with("It hangs, so 10 more requests were not sent.\n"),
        "{said}"
    );
}

#[rstest]
#[case(&["no_such_file.py"], "there is no file")]
#[case(&["app.py", "a-step"], "'check app.py' takes no step")]
fn what_cannot_be_run_is_told_in_a_line(#[case] arguments: &[&str], #[case] why: &str) {
    let output = check(&[("app.py", RIGHT)], arguments, SYSTEM);
    assert_eq!(output.status.code(), Some(2));
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(error.contains(why) && error.lines().count() == 1, "{error}");
}

#[test]
fn an_answer_without_end_is_left() {
    let app = "\
def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    while True:
        yield b'x' * 65536
";
    let output = check(&[("app.py", app)], &["app.py"], SYSTEM);
    let said = said(&output);
    assert!(
        said.ends_with("An answer had no end, so 10 more requests were not sent.\n"),
        "{said}"
    );
    assert_eq!(output.status.code(), Some(0));
}

//! The source is alive: the next request runs what was saved last.

use rstest::rstest;
use serde_json::{Value, json};

#[cfg(feature = "embedded-python")]
use crate::support::EMBEDDED;
use crate::support::{Engine, SYSTEM, Tutor};

/// An app that says this.
fn says(text: &str) -> String {
    format!(
        "def application(environ, start_response):\n    \
         start_response('200 OK', [('Content-Type', 'text/plain')])\n    \
         return [b'{text}']\n"
    )
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn the_next_request_runs_what_was_saved(#[case] engine: Engine) {
    let tutor = Tutor::lesson(1).engine(engine).app(says("one")).start();
    assert_eq!(tutor.told("reloaded")["error"], Value::Null);
    assert_eq!(tutor.get("/").text(), "one");
    for text in ["two", "three"] {
        tutor.save(&says(text));
        assert_eq!(tutor.get("/").text(), text);
        assert_eq!(tutor.told("reloaded")["error"], Value::Null);
    }
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn a_save_is_noticed_without_any_request(#[case] engine: Engine) {
    let tutor = Tutor::lesson(1).engine(engine).app(says("one")).start();
    tutor.told("reloaded");
    tutor.save(&says("renamed over"));
    assert_eq!(tutor.told("reloaded")["error"], Value::Null);
    // Written in place, the file may be seen half written first.
    std::fs::write(tutor.app(), says("written in place")).unwrap();
    tutor.wait_for("good reload", |line| {
        line["type"] == "reloaded" && line["error"] == Value::Null
    });
    assert_eq!(tutor.get("/").text(), "written in place");
}

/// Broken apps: the type of the error, its line, and what it must speak of.
const BROKEN: &[(&str, &str, Option<u32>, &str)] = &[
    (
        "import os\n\ndef application(:\n    pass\n",
        "SyntaxError",
        Some(3),
        "",
    ),
    ("if True:\npass\n", "IndentationError", Some(2), ""),
    (
        "import os\nimport no_such_module\n",
        "ModuleNotFoundError",
        Some(2),
        "no_such_module",
    ),
    ("import os\n\n1 / 0\n", "ZeroDivisionError", Some(3), "zero"),
    (
        "def f():\n    raise ValueError('deep')\nf()\n",
        "ValueError",
        Some(2),
        "deep",
    ),
    ("raise SystemExit(5)\n", "SystemExit", Some(1), "5"),
    (
        "import os\n\nos._exit(6)\n",
        "WorkerDied",
        None,
        "exit code 6",
    ),
    (
        "def aplication(environ, start_response):\n    pass\n",
        "AttributeError",
        None,
        "aplication",
    ),
    ("application = 5\n", "TypeError", None, "cannot be called"),
    ("", "AttributeError", None, "application"),
];

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn what_cannot_be_loaded_is_told_with_its_line_until_it_is_repaired(#[case] engine: Engine) {
    let tutor = Tutor::lesson(1).engine(engine).app(says("good")).start();
    tutor.told("reloaded");
    for (source, kind, line, about) in BROKEN {
        tutor.save(source);
        let error = tutor.told("reloaded")["error"].take();
        assert_eq!(error["type"], *kind, "{source:?}: {error}");
        assert_eq!(error["line"], json!(line), "{source:?}: {error}");
        let message = error["message"].as_str().unwrap();
        assert!(message.contains(about), "{source:?}: {message}");
        let answer = tutor.get("/");
        assert_eq!(answer.status, "500 Internal Server Error", "{source:?}");
        assert!(answer.text().contains(kind), "{source:?}: {answer:?}");
        if let Some(line) = line {
            assert!(
                answer.text().contains(&format!("line {line}")),
                "{source:?}: {answer:?}"
            );
        }
        assert_eq!(tutor.exchange()["error"]["type"], *kind, "{source:?}");
        tutor.save(&says("good"));
        assert_eq!(tutor.get("/").text(), "good", "{source:?}");
        assert_eq!(tutor.told("reloaded")["error"], Value::Null, "{source:?}");
        assert_eq!(tutor.exchange()["error"], Value::Null, "{source:?}");
    }
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn a_tutor_starts_with_a_broken_app_too(#[case] engine: Engine) {
    let tutor = Tutor::lesson(1).engine(engine).app("def (\n").start();
    assert_eq!(tutor.told("reloaded")["error"]["type"], "SyntaxError");
    assert_eq!(tutor.get("/").status, "500 Internal Server Error");
    tutor.save(&says("good"));
    assert_eq!(tutor.get("/").text(), "good");
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn a_file_that_is_gone_is_told_and_comes_back(#[case] engine: Engine) {
    let tutor = Tutor::lesson(1).engine(engine).app(says("good")).start();
    tutor.told("reloaded");
    std::fs::remove_file(tutor.app()).unwrap();
    assert_eq!(tutor.get("/").status, "500 Internal Server Error");
    assert_eq!(tutor.told("reloaded")["error"]["type"], "FileNotFoundError");
    tutor.save(&says("back"));
    assert_eq!(tutor.get("/").text(), "back");
}

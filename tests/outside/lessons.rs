//! Both lessons' apps, as a browser and as the validator of the standard library see them.

use rstest::rstest;

#[cfg(feature = "embedded-python")]
use crate::support::EMBEDDED;
use crate::support::{Engine, SYSTEM, Tutor, post};

const VALIDATED: &str = "
from wsgiref.validate import validator
application = validator(application)
";

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn a_function_a_class_and_an_instance_answer(#[case] engine: Engine) {
    let tutor = Tutor::lesson(1).engine(engine).start();
    assert_eq!(tutor.get("/").text(), "Hello from a function!\n");
    let original = std::fs::read_to_string(tutor.app()).unwrap();
    for (last, answer) in [
        ("Hello", "Hello from a class!\n"),
        (
            "Greeter('Good morning')",
            "Good morning from an instance!\n",
        ),
    ] {
        tutor.save(&original.replace("application = hello", &format!("application = {last}")));
        let got = tutor.get("/");
        assert_eq!(got.status, "200 OK");
        assert_eq!(
            got.header("Content-Type"),
            Some("text/plain; charset=utf-8")
        );
        assert_eq!(got.text(), answer);
    }
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn a_get_shows_the_form(#[case] engine: Engine) {
    let tutor = Tutor::lesson(2).engine(engine).start();
    let answer = tutor.get("/");
    assert_eq!(
        answer.header("Content-Type"),
        Some("text/html; charset=utf-8")
    );
    assert!(answer.text().contains(r#"<input name="name">"#));
}

/// Bodies of forms, and whom the app greets.
const FORMS: &[(&[u8], &str)] = &[
    (b"name=Ada", "Ada"),
    (b"name=Ada&name=Bob", "Ada"),
    (b"name=Ada+Lovelace", "Ada Lovelace"),
    (b"other=1", "stranger"),
    (b"name=", "stranger"),
    (b"name=++", "stranger"),
    (b"name=Zo%C3%AB", "Zoë"),
    (b"name=%E6%9D%8E", "李"),
    (b"name=Zo\xc3\xab", "Zoë"),
    (b"name=%3Cb%3E", "&lt;b&gt;"),
    (b"name=%FF", "\u{fffd}"),
    (b"name=\xff", "\u{fffd}"),
    (b"", "stranger"),
    (b"&&==;", "stranger"),
];

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn a_post_greets_whoever_sent_it(#[case] engine: Engine) {
    let tutor = Tutor::lesson(2).engine(engine).start();
    for (form, name) in FORMS {
        let shown = String::from_utf8_lossy(form);
        let answer = tutor.ask(post("/", form));
        assert_eq!(answer.status, "200 OK", "{shown}");
        assert!(answer.whole, "{shown}");
        assert!(
            answer.text().contains(&format!("<p>Hello, {name}!</p>")),
            "{shown}: {answer:?}"
        );
        assert_eq!(
            tutor.exchange()["error"],
            serde_json::Value::Null,
            "{shown}"
        );
    }
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn a_post_without_a_length_greets_a_stranger(#[case] engine: Engine) {
    let empty = "def with_empty(environ, start_response):
    environ['CONTENT_LENGTH'] = ''
    return original(environ, start_response)

original, application = application, with_empty
";
    let tutor = Tutor::lesson(2).engine(engine).start();
    let original = std::fs::read_to_string(tutor.app()).unwrap();
    let request = "POST / HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n";
    assert!(tutor.ask(request).text().contains("Hello, stranger!"));
    tutor.save(&format!("{original}\n{empty}"));
    assert!(
        tutor
            .ask(post("/", "name=Ada"))
            .text()
            .contains("Hello, stranger!")
    );
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn the_validator_has_nothing_to_complain_about(#[case] engine: Engine) {
    for (lesson, callable) in [(1, "hello"), (1, "Greeter('Hi')"), (2, "application")] {
        let tutor = Tutor::lesson(lesson)
            .engine(engine)
            .changed(|app| format!("{app}\napplication = {callable}\n{VALIDATED}"))
            .start();
        for request in [
            crate::support::get("/a%20b?c=d").into_bytes(),
            post("/", "name=Ada"),
            b"HEAD / HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n".to_vec(),
        ] {
            let answer = tutor.ask(request);
            assert_eq!(
                answer.status,
                "200 OK",
                "lesson {lesson}: {:?}",
                tutor.exchange()
            );
            let exchange = tutor.exchange();
            assert_eq!(exchange["error"], serde_json::Value::Null);
            // It complains of the smaller sins on standard error.
            assert_eq!(exchange["printed"], "", "lesson {lesson}");
            assert_eq!(exchange["logged"], "", "lesson {lesson}");
        }
    }
}

//! A diagnosis as text.

use super::events::{broken, exchange};
use super::{FILE, HELLO, a_str, found};
use crate::diagnosis::report::told;
use crate::diagnosis::{Sources, diagnose};

#[test]
fn without_the_source_a_mistake_still_has_its_line() {
    let kinds = vec![broken("header-not-str", Some(7), Some("X"))];
    let found = diagnose(&exchange(kinds), &Sources::default()).diagnoses;
    let spot = found[0].spot.as_ref().unwrap();
    assert_eq!((spot.line, spot.columns), (7, None));
    let text = told(&found[0], &Sources::default());
    assert!(
        text.starts_with("error[header-not-str]: header-not-str!\n --> /home/ada/app.py:7\n"),
        "{text}"
    );
}

#[test]
fn a_report_has_the_form_compilers_have() {
    let kinds = a_str(&[2, 3]);
    let found = found(kinds, HELLO);
    insta::assert_snapshot!(told(&found[0], &Sources::of(FILE, HELLO)));
}

#[test]
fn control_characters_are_escaped_in_a_report() {
    let source = "def application(environ, start_response):\n    return '\u{1b}[31m'\n";
    let kinds = a_str(&[2]);
    let found = found(kinds, source);
    let text = told(&found[0], &Sources::of(FILE, source));
    assert!(!text.contains('\u{1b}'), "{text}");
    assert!(text.contains("\\x1b[31m"), "{text}");
}

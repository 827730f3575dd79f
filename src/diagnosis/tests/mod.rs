//! Events in, diagnoses out: without Python, a socket or a screen. What real applications do is
//! tested from outside, with the cases of `tests/mistakes`.

pub mod events;
mod length;
mod raised;
mod report;

use rstest::rstest;

use super::{Diagnosis, Fix, Severity, Sources, diagnose};
use crate::exchange::{EventKind, Excerpt, Output};
use events::{FILE, broken, called, exchange, line, raised, returned};

fn found(kinds: Vec<EventKind>, source: &str) -> Vec<Diagnosis> {
    diagnose(&exchange(kinds), &Sources::of(FILE, source)).diagnoses
}

/// The line that is to stand instead.
fn instead(diagnosis: &Diagnosis) -> String {
    match &diagnosis.fix {
        Fix::Instead(edit) => edit.dedented(),
        other => panic!("{other:?}"),
    }
}

/// A line, and the columns of it.
type Place = (u32, u32, u32);

/// The slug, and where its spot is.
fn short(found: &[Diagnosis]) -> Vec<(&str, Option<Place>)> {
    let spot = |found: &Diagnosis| {
        let spot = found.spot.as_ref()?;
        let (from, to) = spot.columns?;
        Some((spot.line, from, to))
    };
    found.iter().map(|it| (it.slug(), spot(it))).collect()
}

/// An application that runs these lines and returns a str.
fn a_str(lines: &[u32]) -> Vec<EventKind> {
    let mut kinds = vec![called()];
    kinds.extend(lines.iter().map(|&number| line(number)));
    kinds.extend([returned("str"), broken("body-is-str", None, None)]);
    kinds
}

const HELLO: &str = "def application(environ, start_response):
    start_response('200 OK', [('Connection', 'close')])
    return 'héllo', 1
";

#[test]
fn a_returned_value_is_placed_at_what_is_returned() {
    let kinds = a_str(&[2, 3]);
    assert_eq!(
        short(&found(kinds, HELLO)),
        [("body-is-str", Some((3, 12, 22)))]
    );
}

#[test]
fn a_header_is_placed_at_its_tuple() {
    let kinds = vec![broken("header-hop-by-hop", Some(2), Some("Connection"))];
    let spot = Some((2, 31, 54));
    assert_eq!(short(&found(kinds, HELLO)), [("header-hop-by-hop", spot)]);
}

#[test]
fn what_comes_of_a_broken_rule_is_no_mistake_of_its_own() {
    let kinds = vec![
        broken("header-hop-by-hop", Some(2), Some("Connection")),
        EventKind::Raised(raised("ValueError", "no", Some(2), Some("header-hop-by-hop")).into()),
    ];
    assert_eq!(found(kinds, HELLO).len(), 1);
}

#[test]
fn several_mistakes_are_told_the_worst_first_each_once() {
    let printed = |text: &str| EventKind::Printed {
        output: Output::Stdout,
        text: text.into(),
    };
    let source = "def application(environ, start_response):\n    print('hi')\n    return 'x'\n";
    let kinds = vec![
        called(),
        line(2),
        printed("hi\n"),
        printed("hi\n"),
        line(3),
        returned("str"),
        broken("body-is-str", None, None),
        EventKind::Raised(raised("TypeError", "", None, Some("body-is-str")).into()),
    ];
    let found = found(kinds, source);
    assert_eq!(
        short(&found),
        [
            ("body-is-str", Some((3, 12, 15))),
            ("print-in-app", Some((2, 5, 16)))
        ]
    );
    assert_eq!(instead(&found[0]), "return ['x'.encode('utf-8')]");
    assert_eq!(found[1].severity, Severity::Note);
}

#[rstest]
#[case::a_sum("'a' + b", "[('a' + b).encode('utf-8')]")]
#[case::a_comment_behind_it("'a' + b  # oh", "[('a' + b).encode('utf-8')]  # oh")]
#[case::a_comment_behind_more("('#1', 'a')[one]  # oh", "[('#1', 'a')[one].encode('utf-8')]  # oh")]
#[case::a_comment_behind_parentheses("('a' + b)  # oh", "([('a' + b).encode('utf-8')])  # oh")]
fn a_repair_keeps_what_is_written_around_it(#[case] returned: &str, #[case] mended: &str) {
    let source = format!("def application(environ, start_response):\n    return {returned}\n");
    let kinds = a_str(&[2]);
    assert_eq!(
        instead(&found(kinds, &source)[0]),
        format!("return {mended}")
    );
}

#[rstest]
#[case::last_with_it("3.12.1", &["import-cgi"])]
#[case::without_it("3.13.0", &[])]
#[case::next("4.0.0a1", &[])]
#[case::unknown("", &[])]
fn a_module_is_told_to_be_gone_where_it_is_still_there(
    #[case] version: &str,
    #[case] expected: &[&str],
) {
    let source = "import cgi

def application(environ, start_response):
    return [cgi.escape('').encode()]
";
    let mut sources = Sources::of(FILE, source);
    sources.set_python(version);
    let found = diagnose(&exchange([called(), line(4)]), &sources).diagnoses;
    let slugs: Vec<&str> = found.iter().map(Diagnosis::slug).collect();
    assert_eq!(slugs, expected);
    assert!(found.iter().all(|it| it.severity == Severity::Warning));
    // The line in which it is used did not run.
    assert_eq!(diagnose(&exchange([called()]), &sources).diagnoses, []);
}

#[test]
fn a_source_that_is_no_python_is_passed_over() {
    let kinds = a_str(&[2]);
    assert_eq!(short(&found(kinds, "def (:\n")), [("body-is-str", None)]);
}

#[test]
fn what_was_refused_is_nobodys_mistake() {
    let refused = EventKind::Refused(crate::exchange::Refused {
        status: 400,
        reason: "two-hosts".into(),
        detail: String::new(),
        bytes: Excerpt::default(),
    });
    assert!(found(vec![refused], HELLO).is_empty());
}

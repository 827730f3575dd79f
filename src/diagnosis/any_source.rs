//! Any source is diagnosed, in bounded work: random programs whose values go round in circles, long
//! chains, deep nesting, and source that is no Python.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::tests::events::{FILE, exchange_of_lines};
use super::{Analyzer, Findings, Sources, diagnose};

/// An expression of few names, so that they come back to each other.
fn expression() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        "[abcd]",
        Just("'/x'".to_owned()),
        Just("'x'".to_owned()),
        Just("b'x'".to_owned()),
        Just("self.a".to_owned()),
        Just("environ['PATH_INFO']".to_owned()),
        Just("environ.get('QUERY_STRING')".to_owned()),
        Just("environ['wsgi.input'].read()".to_owned()),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            (
                inner.clone(),
                "lower|rstrip|get|removesuffix|split|encode|decode"
            )
                .prop_map(|(on, method)| format!("{on}.{method}()")),
            (inner.clone(), inner.clone()).prop_map(|(one, two)| format!("({one} + {two})")),
            (inner.clone(), inner.clone()).prop_map(|(one, two)| format!("({one} or {two})")),
            (inner.clone(), inner.clone()).prop_map(|(one, two)| format!("({one} == {two})")),
            (inner.clone(), "[fgh]").prop_map(|(given, called)| format!("{called}({given})")),
            inner.clone().prop_map(|of| format!("[a for a in {of}]")),
            inner.clone().prop_map(|of| format!("f'{{{of}}}'")),
            (inner.clone(), inner).prop_map(|(one, two)| format!("{{{one}: {two}}}['k']")),
        ]
    })
}

/// A statement in a function.
fn statement() -> impl Strategy<Value = String> {
    prop_oneof![
        ("[abcd]|self\\.a|d\\['k'\\]", expression())
            .prop_map(|(to, what)| format!("{to} = {what}")),
        ("[abcd]", expression()).prop_map(|(to, what)| format!("{to} += {what}")),
        ("[abcd]", expression()).prop_map(|(to, what)| format!("{to}.append({what})")),
        ("[abcd]", expression()).prop_map(|(to, what)| format!("for {to} in {what}: pass")),
        expression().prop_map(|what| format!("if {what} == 'x': pass")),
        expression().prop_map(|what| format!("if {what} in ('x', '/y'): pass")),
        expression().prop_map(|what| format!("return {what}")),
        expression().prop_map(|what| format!("yield {what}")),
        expression().prop_map(|what| format!("start_response('200 OK', {what})")),
    ]
}

fn program() -> impl Strategy<Value = String> {
    let body = prop::collection::vec(statement(), 1..12);
    prop::collection::vec(body, 1..5).prop_map(|functions| {
        let names = ["application", "f", "g", "h"];
        let mut text = String::new();
        for (name, body) in names.iter().zip(functions) {
            writeln!(text, "def {name}(environ, start_response):").unwrap();
            for line in body {
                writeln!(text, "    {line}").unwrap();
            }
        }
        text
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn values_that_go_round_in_circles_have_an_end(source in program()) {
        let found = diagnose(&exchange_of_lines(&source), &Sources::of(FILE, source.as_str()));
        prop_assert!(!found.unfinished, "{source}");
        // The same exchange gives the same result.
        let again = diagnose(&exchange_of_lines(&source), &Sources::of(FILE, source.as_str()));
        prop_assert_eq!(found, again);
    }

    #[test]
    fn no_text_ends_the_analysis(source in "[a-z(){}\\[\\]:=.,'\" \n\t]{0,400}") {
        let _ = diagnose(&exchange_of_lines(&source), &Sources::of(FILE, source));
    }
}

#[test]
fn a_value_made_of_itself_has_an_end() {
    for method in ["lower", "rstrip", "get", "removesuffix"] {
        let source = format!(
            "def application(environ, start_response):\n    word = word.{method}()\n    if word == 'hello':\n        pass\n"
        );
        let found = diagnose(&exchange_of_lines(&source), &Sources::of(FILE, source));
        assert!(!found.unfinished, "{method}");
    }
}

#[test]
fn a_long_chain_is_no_more_work_than_its_length() {
    let chain = |length: usize| {
        let mut source = String::from(
            "def application(environ, start_response):\n    path = environ['PATH_INFO']\n    if path == '/':\n        pass\n",
        );
        for number in 0..length {
            writeln!(source, "    elif path == '/{number}':\n        pass").unwrap();
        }
        source
    };
    for length in [500, 1500] {
        let source = chain(length);
        let found = diagnose(&exchange_of_lines(&source), &Sources::of(FILE, source));
        assert!(!found.unfinished, "{length}");
        assert_eq!(found.diagnoses, []);
    }
}

#[test]
fn what_is_too_much_work_is_left_out_and_said() {
    // Each of many comparisons asks where the same many values come from.
    let mut source = String::from("def application(environ, start_response):\n");
    for _ in 0..3000 {
        source += "    a = b or c or a\n    b = a or c\n    if a == 'x': pass\n";
    }
    let sources = Sources::of(FILE, source.as_str());
    let exchange = exchange_of_lines(&source);
    let found = diagnose(&exchange, &sources);
    assert!(found.unfinished);
    assert_eq!(diagnose(&exchange, &sources), found);
}

#[test]
fn what_is_too_long_or_nested_too_deeply_is_left_out_and_said() {
    for source in [
        "x = 1\n".repeat(100_000),
        format!("x = {}1{}\n", "(".repeat(50_000), ")".repeat(50_000)),
        format!("x = {}1\n", "1 + ".repeat(100_000)),
        format!("x = {}1\n", "not ".repeat(100_000)),
    ] {
        let found = diagnose(&exchange_of_lines(&source), &Sources::of(FILE, source));
        assert_eq!(found.diagnoses, []);
        assert!(found.unfinished);
    }
}

#[test]
fn what_is_no_python_is_not_left_out() {
    let source = "{% if page %}\n".repeat(3);
    let found = diagnose(&exchange_of_lines(&source), &Sources::of(FILE, source));
    assert_eq!(found, Findings::default());
}

#[test]
fn the_analyzer_has_room_for_what_is_nested_as_deeply_as_may_be() {
    let analyzer = Analyzer::start().unwrap();
    for source in [
        format!("x = {}1{}\n", "(".repeat(190), ")".repeat(190)),
        format!("x = {}1\n", "1 + ".repeat(1_990)),
        format!("x = {}1\n", "not ".repeat(1_990)),
        format!("x = {}1\n", "2 ** ".repeat(1_990)),
        format!("x = {}0\n", "lambda: ".repeat(900)),
        format!("x = {}0\n", "1 if a else ".repeat(900)),
        format!("x = a{}\n", ".b()".repeat(900)),
    ] {
        let exchange = exchange_of_lines(&source);
        let found = analyzer.diagnose(&exchange, &Sources::of(FILE, source));
        assert!(!found.unfinished);
    }
}

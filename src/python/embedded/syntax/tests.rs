//! What is said of common syntax errors, and where. `tests/outside/syntax.rs` asks CPython for the
//! same.

use rstest::rstest;

use super::{ExceptionKind, fault};

#[rstest]
#[case::nothing_wrong("x = (1,\n     2)\n", None)]
#[case::tuple_at_the_end("x = (1,\n", Some("1:5 '(' was never closed"))]
#[case::string_over_brackets("f(')', '(')\n", None)]
#[case::bracket_in_a_comment("x = [1,  # (\n", Some("1:5 '[' was never closed"))]
#[case::error_on_the_line_of_the_bracket("x = (1 2\n", Some("1:5 '(' was never closed"))]
#[case::string_before_all("x = )\ny = 'abc\n", Some("1:5 unmatched ')'"))]
#[case::string_after_the_error(
    "if x\n    y = 'abc\n",
    Some("2:9 unterminated string literal (detected at line 2)")
)]
#[case::prefixed(
    "x = rb'abc\n",
    Some("1:5 unterminated string literal (detected at line 1)")
)]
#[case::formatted(
    "x = f'abc\n",
    Some("1:5 unterminated f-string literal (detected at line 1)")
)]
#[case::columns_are_characters(
    "\u{e9} = '\u{e9}' + (]\n",
    Some("1:12 closing parenthesis ']' does not match opening parenthesis '('")
)]
#[case::windows_lines("x = 1\r\nif x\r\n    y\r\n", Some("2:5 expected ':'"))]
#[case::no_comma_at_a_prefix("f(x 'y')\n", Some("1:5 invalid syntax"))]
#[case::no_comma_between_parameters("def f(a b): pass\n", Some("1:9 invalid syntax"))]
#[case::elif_in_brackets("x = [a for a in b if c = d]\n", Some("1:24 invalid syntax"))]
#[case::augmented(
    "f() += 1\n",
    Some("1:1 'function call' is an illegal expression for augmented assignment")
)]
#[case::deleted("del f()\n", Some("1:5 cannot delete function call"))]
#[case::repeated("f(a=1, a=2)\n", Some("1:8 keyword argument repeated: a"))]
#[case::empty("", None)]
#[case::nothing_but_a_bracket("(", Some("1:1 '(' was never closed"))]
#[case::nothing_but_a_quote("'", Some("1:1 unterminated string literal (detected at line 1)"))]
fn a_fault_is_named_and_placed(#[case] source: &str, #[case] expected: Option<&str>) {
    let said = fault(source).map(|it| format!("{}:{} {}", it.start.0, it.start.1, it.message));
    assert_eq!(said.as_deref(), expected);
}

#[rstest]
#[case("x = 1\n    y = 2\n", ExceptionKind::IndentationError)]
#[case("def f():\nreturn 1\n", ExceptionKind::IndentationError)]
#[case(
    "def f():\n        x = 1\n    return x\n",
    ExceptionKind::IndentationError
)]
#[case("def f():\n        x = 1\n\ty = 2\n", ExceptionKind::TabError)]
#[case("def f():\n\tx = 1\n        y = 2\n", ExceptionKind::TabError)]
#[case("def f():\n    if x:\n\ty = 2\n    z = 3\n", ExceptionKind::TabError)]
#[case("if x:\n\ty = 1\n  z = 2\n", ExceptionKind::IndentationError)]
#[case("x = (1,\n  2\n    y = 3\n", ExceptionKind::SyntaxError)]
fn indentation_has_its_own_exceptions(#[case] source: &str, #[case] expected: ExceptionKind) {
    assert_eq!(fault(source).map(|it| it.kind), Some(expected));
}

#[rstest]
#[case::tabs("def f():\n\tx = 1\n\tif x:\n\t\treturn 2\n")]
#[case::spaces_below_tabs("if x:\n\ty = 1\n\tif y:\n\t  z = 2\n")]
#[case::one_block_each("if x:\n\ty = 1\nif x:\n    y = 1\n")]
#[case::between_brackets("def f():\n\tx = [1,\n        2]\n\treturn x\n")]
#[case::a_comment("def f():\n\tx = 1\n        # of spaces\n\treturn x\n")]
#[case::a_text("def f():\n\tx = '''\n        y\n'''\n\treturn x\n")]
fn tabs_and_spaces_may_stand_in_one_file(#[case] source: &str) {
    assert_eq!(fault(source), None);
}

proptest::proptest! {
    /// Whatever a source holds, and wherever it ends.
    #[test]
    fn any_text_is_looked_at(source in r#"(def f\(x\):|    |\t|\n|if |\(|\)|\[|\]|\{|\}|'|"|"""|f"|\\|=|:|,|é|1|x|print |#|lambda|else|in|\$){0,40}"#) {
        if let Some(fault) = fault(&source) {
            let lines = source.matches('\n').count() + 1;
            proptest::prop_assert!((1..=lines).contains(&fault.start.0), "{fault:?}");
            proptest::prop_assert!(fault.start < fault.end, "{fault:?}");
        }
    }
}

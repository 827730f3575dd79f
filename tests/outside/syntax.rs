//! What is said of common syntax errors, and where: the embedded Python says what CPython says, at
//! the same place.

use rstest::rstest;
use serde_json::Value;

#[cfg(feature = "embedded-python")]
use crate::support::EMBEDDED;
use crate::support::{Engine, SYSTEM, Tutor, all_of};

/// A source, the line and the column of its mistake, and what is said of it. Where versions of
/// CPython have other words, how it begins.
const ERRORS: &[(&str, u64, u64, &str)] = &[
    (
        "def app(e, s):\n    s('200 OK', []\n    return [b'']\n",
        2,
        6,
        "'(' was never closed",
    ),
    ("names = ['a', 'b'\nx = 1\n", 1, 9, "'[' was never closed"),
    (
        "def f():\n    return {'a': 1\n\ndef g():\n    pass\n",
        2,
        12,
        "'{' was never closed",
    ),
    ("x = (1,\n", 1, 5, "'(' was never closed"),
    ("s('200 OK', []))\n", 1, 16, "unmatched ')'"),
    (
        "x = (1, 2]\n",
        1,
        10,
        "closing parenthesis ']' does not match opening parenthesis '('",
    ),
    (
        "h = [('A', 'b'\n     ('X', 'y')]\n",
        2,
        16,
        "closing parenthesis ']' does not match opening parenthesis '(' on line 1",
    ),
    (
        "def app(environ, start_response)\n    return []\n",
        1,
        33,
        "expected ':'",
    ),
    ("def f()  # a comment\n    pass\n", 1, 10, "expected ':'"),
    ("if 1:\n    pass\nelse\n    pass\n", 3, 5, "expected ':'"),
    (
        "if 1:\n    pass\nelse if 2:\n    pass\n",
        3,
        6,
        "expected ':'",
    ),
    ("def f() {\n    return 1\n}\n", 1, 9, "expected ':'"),
    (
        "x = 'abc\ny = 1\n",
        1,
        5,
        "unterminated string literal (detected at line 1)",
    ),
    (
        "\u{e9} = '\u{e9}'; x = [b'Hello]\n",
        1,
        15,
        "unterminated string literal (detected at line 1)",
    ),
    (
        "x = \"\"\"abc\ny = 1\n",
        1,
        5,
        "unterminated triple-quoted string literal (detected at line 2)",
    ),
    ("x = 1\n    y = 2\n", 2, 4, "unexpected indent"),
    (
        "def f():\n    if 1:\n\tx = 1\n    return x\n",
        3,
        1,
        "inconsistent use of tabs and spaces in indentation",
    ),
    (
        "def f():\n\tx = 1\n        y = 2\n",
        3,
        1,
        "inconsistent use of tabs and spaces in indentation",
    ),
    (
        "def f():\nreturn 1\n",
        2,
        1,
        "expected an indented block after function definition on line 1",
    ),
    (
        "def f(x):\n    if x:\n    return 1\n",
        3,
        5,
        "expected an indented block after 'if' statement on line 2",
    ),
    (
        "def f():\n        x = 1\n    return x\n",
        3,
        13,
        "unindent does not match any outer indentation level",
    ),
    (
        "if x = 1:\n    pass\n",
        1,
        4,
        "invalid syntax. Maybe you meant '==' or ':=' instead of '='?",
    ),
    (
        "x = ['a' b]\n",
        1,
        6,
        "invalid syntax. Perhaps you forgot a comma?",
    ),
    (
        "d = {'a': 1 'b': 2}\n",
        1,
        11,
        "invalid syntax. Perhaps you forgot a comma?",
    ),
    ("class = 1\n", 1, 7, "invalid syntax"),
    (
        "f() = 1\n",
        1,
        1,
        "cannot assign to function call here. Maybe you meant '==' instead of '='?",
    ),
    (
        "try:\n    x = 1\ny = 2\n",
        3,
        1,
        "expected 'except' or 'finally' block",
    ),
    (
        "x = \u{201c}abc\u{201d}\n",
        1,
        5,
        "invalid character '\u{201c}' (U+201C)",
    ),
    ("x = 5 +\n", 1, 8, "invalid syntax"),
];

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn a_syntax_error_is_said_as_cpython_says_it(#[case] engine: Engine) {
    all_of(ERRORS, |&(source, line, column, message)| {
        let tutor = Tutor::run("app.py", &[("app.py", source)])
            .engine(engine)
            .start();
        let failed = tutor.told("reloaded");
        let said = failed["error"]["message"].as_str().unwrap_or_default();
        let mut wrong = Vec::new();
        if said != message {
            wrong.push(format!("{source:?}: {said:?} instead of {message:?}"));
        }
        let diagnosis = &failed["diagnoses"][0];
        let place = (&diagnosis["line"], &diagnosis["column"]);
        if place != (&Value::from(line), &Value::from(column)) {
            wrong.push(format!(
                "{source:?}: at {place:?} instead of {line}:{column}"
            ));
        }
        wrong
    });
}

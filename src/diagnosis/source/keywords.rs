//! Where the keywords of a text stand, those included that are names elsewhere: `match`, `case` and
//! `type`.

use std::ops::Range;

use ruff_python_ast::PySourceType;
use ruff_python_parser::{Mode, parse_unchecked_source};
use ruff_text_size::Ranged as _;

use super::nesting::is_bounded;

/// The keywords of a module in bytes, in order; `None`, `True` and `False` are left out. Python
/// that is not finished has those that the parser makes out, and a text that is nested too deeply
/// none. The stack must be as large as [`crate::diagnosis::with_parser_stack`] gives.
pub fn keywords(text: &str) -> Vec<Range<usize>> {
    if text.len() > super::MAX_FILE_BYTES || !is_bounded(text, Mode::Module) {
        return Vec::new();
    }
    let parsed = parse_unchecked_source(text, PySourceType::Python);
    let tokens = parsed.tokens().iter();
    let keywords = tokens.filter(|it| it.kind().is_keyword() && !it.kind().is_singleton());
    keywords
        .map(|it| it.start().to_usize()..it.end().to_usize())
        .collect()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::keywords;

    #[rstest]
    #[case::soft("match x:\n    case [case, _]:\n        pass\n", &["match", "case", "pass"])]
    #[case::names("match = case = type(match)\nmatch.case()\n", &[])]
    #[case::a_type("type Body = bytes\ntype = 1\n", &["type"])]
    #[case::asynchronous("async def f():\n    return await g()\n", &["async", "def", "return", "await"])]
    #[case::unfinished("def f(:\n    match x\nawait ", &["def", "await"])]
    #[case::too_deep(&"(".repeat(300), &[])]
    fn soft_ones_are_told_from_names(#[case] text: &str, #[case] expected: &[&str]) {
        let found: Vec<&str> = keywords(text).into_iter().map(|it| &text[it]).collect();
        assert_eq!(found, expected);
    }
}

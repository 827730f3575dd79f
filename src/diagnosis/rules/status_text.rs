//! A status that is no str, as the str that was meant.

use ruff_python_ast::{Expr, Number};
use ruff_text_size::Ranged as _;

use super::Remedy;
use super::breach::call_at;
use crate::diagnosis::Edit;
use crate::diagnosis::case::Case;
use crate::diagnosis::source::argument;
use crate::exchange::RuleBroken;

/// What is offered where the number stands in the call, or where it is a value of `http`.
pub fn mended(case: &Case<'_>, broken: &RuleBroken) -> Option<Remedy> {
    let blame = broken.by.blame.as_ref()?;
    let tree = case.tree(&blame.file)?;
    let (_, call) = call_at(&tree, blame.line, "start")?;
    let status = argument(call, 0)?;
    if broken.message.contains("HTTPStatus") {
        let code = tree.source.code(status);
        let example = format!("f'{{{code}.value}} {{{code}.phrase}}'");
        return Some(Remedy::Example(example));
    }
    let Expr::NumberLiteral(it) = status else {
        return None;
    };
    let Number::Int(number) = &it.value else {
        return None;
    };
    let code = number.as_u16().filter(|code| (200..600).contains(code))?;
    let reason = tiny_http::StatusCode(code).default_reason_phrase();
    let text = format!("'{code} {reason}'");
    Edit::replacing(tree.source, &blame.file, status.range(), &text).map(Remedy::Edit)
}

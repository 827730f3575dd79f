//! A status that is only a number, as the text that was meant.

use std::rc::Rc;

use ruff_python_ast::{Expr, Number};
use ruff_text_size::Ranged as _;

use super::Remedy;
use super::breach::call_at;
use crate::diagnosis::Edit;
use crate::diagnosis::case::Case;
use crate::diagnosis::source::{Tree, argument, literal};
use crate::exchange::RuleBroken;

/// What is offered for a status that is no str: a number in the call, or a value of `http`.
pub fn of_another_type(case: &Case<'_>, broken: &RuleBroken) -> Option<Remedy> {
    if !broken.message.contains("HTTPStatus") {
        return of_number(case, broken);
    }
    let (tree, status) = status_of(case, broken)?;
    let code = tree.source.code(status);
    let example = format!("f'{{{code}.value}} {{{code}.phrase}}'");
    Some(Remedy::Example(example))
}

/// What is offered where the number stands in the call, as an int or as a str.
pub fn of_number(case: &Case<'_>, broken: &RuleBroken) -> Option<Remedy> {
    let (tree, status) = status_of(case, broken)?;
    let code = match status {
        Expr::NumberLiteral(it) => match &it.value {
            Number::Int(number) => number.as_u16().filter(|code| (200..600).contains(code))?,
            Number::Float(_) | Number::Complex { .. } => return None,
        },
        _ => literal(status).filter(|it| it.len() == 3)?.parse().ok()?,
    };
    let reason = tiny_http::StatusCode(code).default_reason_phrase();
    let text = format!("'{code} {reason}'");
    let file = &broken.by.blame.as_ref()?.file;
    Edit::replacing(tree.source, file, status.range(), &text).map(Remedy::Edit)
}

/// The first argument of the call of `start_response`, and its file.
fn status_of<'a>(case: &Case<'a>, broken: &RuleBroken) -> Option<(Rc<Tree<'a>>, &'a Expr)> {
    let blame = broken.by.blame.as_ref()?;
    let tree = case.tree(&blame.file)?;
    let (_, call) = call_at(&tree, blame.line, "start")?;
    Some((tree, argument(call, 0)?))
}

//! The parts that a text is put together from.

use ruff_python_ast::{Expr, InterpolatedStringElement, Operator};

use crate::diagnosis::source::{literal, method};

/// What is put into a text: the values of an f-string, the parts of a sum, what is formatted or
/// joined.
pub fn parts_of(expr: &Expr) -> Vec<&Expr> {
    match expr {
        Expr::Call(_) => match method(expr) {
            Some((_, "format" | "join" | "format_map" | "substitute" | "replace", call)) => {
                let keywords = call.arguments.keywords.iter().map(|it| &it.value);
                call.arguments.args.iter().chain(keywords).collect()
            }
            _ => Vec::new(),
        },
        _ => plain_parts(expr),
    }
}

/// The values of an f-string that are shown as `str()` shows them, and the parts of a sum.
pub fn plain_parts(expr: &Expr) -> Vec<&Expr> {
    match expr {
        Expr::FString(text) => {
            let shown = text.value.elements().filter_map(|element| match element {
                InterpolatedStringElement::Interpolation(it) => {
                    (!matches!(it.conversion, ruff_python_ast::ConversionFlag::Repr))
                        .then_some(&*it.expression)
                }
                InterpolatedStringElement::Literal(_) => None,
            });
            shown.collect()
        }
        Expr::BinOp(sum) if sum.op == Operator::Add => vec![&sum.left, &sum.right],
        Expr::BinOp(sum) if sum.op == Operator::Mod && !shows_repr(&sum.left) => {
            match &*sum.right {
                Expr::Tuple(tuple) => tuple.elts.iter().collect(),
                Expr::Dict(dict) => dict.items.iter().map(|it| &it.value).collect(),
                other => vec![other],
            }
        }
        _ => Vec::new(),
    }
}

/// Whether a text to be filled in, or the call that fills it in, asks for a repr: who does, wants
/// one.
pub fn shows_repr(expr: &Expr) -> bool {
    let text = match method(expr) {
        Some((text, "format", _)) => text,
        _ => expr,
    };
    literal(text).is_some_and(|it| {
        ["%r", "%a", "!r", "!a"]
            .iter()
            .any(|mark| it.contains(mark))
    })
}

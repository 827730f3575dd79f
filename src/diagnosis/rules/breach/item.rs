//! Finds the item of a body that is not bytes.

use std::rc::Rc;

use ruff_python_ast::Expr;
use ruff_text_size::Ranged as _;

use super::call::call_at;
use crate::diagnosis::case::{Case, Made};
use crate::diagnosis::finding::Remedy;
use crate::diagnosis::source::{Tree, argument, call};
use crate::diagnosis::{Mistake, Spot};
use crate::exchange::RuleBroken;

/// What may be done about an item that is no bytes, by what it is; nothing where the explanation's
/// example fits.
pub fn for_item(case: &Case<'_>, message: &str) -> Option<Remedy> {
    let is_file = ["Reader", "TextIO", "BytesIO", "FileIO"];
    let example = if message.contains("NoneType") {
        "if block is not None:\n    yield block"
    } else if is_file.iter().any(|it| message.contains(it)) {
        "return environ.get('wsgi.file_wrapper', FileWrapper)(file)  # and not in a list"
    } else if matches!(case.returned()?.expr?, Expr::Tuple(_)) {
        "start_response('404 Not Found', headers)  # the status goes here\nreturn [body]"
    } else {
        return None;
    };
    Some(Remedy::Example(example.to_owned()))
}

/// The expression of an item that is no bytes, where it is that of the item alone.
pub fn item_itself<'a>(
    case: &Case<'a>,
    broken: &RuleBroken,
    at: usize,
) -> Option<(String, Rc<Tree<'a>>, &'a Expr)> {
    if let Some(blame) = &broken.by.blame {
        // write() was called.
        let tree = case.tree(&blame.file)?;
        let (_, call) = call_at(&tree, blame.line, "")?;
        let given = argument(call, 0)?;
        return Some((blame.file.clone(), Rc::clone(&tree), given));
    }
    if let Some(made) = case.block(at) {
        return Some((made.file.to_owned(), made.tree, made.expr?));
    }
    let made = case.returned()?;
    let items = match made.expr? {
        Expr::List(list) => &list.elts,
        Expr::Tuple(tuple) => &tuple.elts,
        _ => return None,
    };
    let wrong = items
        .iter()
        .find(|item| is_wrong(&made, item, Mistake::BodyItemIsStr))?;
    Some((made.file.to_owned(), Rc::clone(&made.tree), wrong))
}

/// The item of the body that is no bytes.
pub fn item(case: &Case<'_>, rule: Mistake, at: usize) -> Option<Spot> {
    if let Some(made) = case.block(at) {
        return Some(made.spot());
    }
    let made = case.returned()?;
    let items = match made.expr {
        Some(Expr::List(list)) => &list.elts,
        Some(Expr::Tuple(tuple)) => &tuple.elts,
        Some(Expr::ListComp(comprehension)) => {
            return Some(Spot::of(
                made.file,
                made.tree.source.span(comprehension.elt.range()),
            ));
        }
        _ => return Some(made.spot()),
    };
    let wrong = items.iter().find(|item| is_wrong(&made, item, rule));
    let wrong = wrong.or_else(|| items.iter().find(|item| !is_bytes(item)));
    Some(match wrong {
        Some(item) => Spot::of(made.file, made.tree.source.span(item.range())),
        None => made.spot(),
    })
}

fn is_wrong(made: &Made<'_>, item: &Expr, rule: Mistake) -> bool {
    let is_str = |expr: &Expr| {
        let makes_str = call(expr).is_some_and(|(_, called)| {
            matches!(
                called,
                "str" | "dumps" | "format" | "decode" | "escape" | "repr" | "upper"
            )
        });
        expr.is_string_literal_expr() || expr.is_f_string_expr() || makes_str
    };
    let origins = made.tree.origins_of(item);
    match rule {
        Mistake::BodyItemIsStr => origins.into_iter().any(is_str),
        _ => origins.into_iter().any(|expr| {
            let makes_other = call(expr).is_some_and(|(_, called)| {
                matches!(
                    called,
                    "bytearray" | "memoryview" | "int" | "len" | "list" | "dict"
                )
            });
            makes_other
                || matches!(
                    expr,
                    Expr::NoneLiteral(_)
                        | Expr::NumberLiteral(_)
                        | Expr::BooleanLiteral(_)
                        | Expr::List(_)
                        | Expr::Tuple(_)
                        | Expr::Dict(_)
                )
        }),
    }
}

fn is_bytes(expr: &Expr) -> bool {
    let encoded = call(expr).is_some_and(|(_, called)| called == "encode");
    expr.is_bytes_literal_expr() || encoded
}

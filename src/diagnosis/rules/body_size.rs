//! `CONTENT_LENGTH`, which may be absent, or empty (RFC 3875, 4.1.2).

use ruff_python_ast::{Expr, Stmt};
use ruff_text_size::Ranged as _;

use super::Finding;
use super::look::{ExprRule, Look, at_each_expr};
use super::thrown::Thrown;
use crate::diagnosis::case::Case;
use crate::diagnosis::source::{Node, Tree, What, argument, call_of, literal, look_up, name};
use crate::diagnosis::{Edit, Mistake};

pub fn thrown(thrown: &Thrown<'_, '_>) -> Option<Finding> {
    content_length_raised(thrown)
}

pub fn find<'a>(case: &Case<'a>) -> Vec<Finding> {
    let rules: [ExprRule<'a>; 1] = [content_length];
    at_each_expr(case, &rules)
}

/// `int(environ.get('CONTENT_LENGTH', 0))` works until the key is there and empty.
fn content_length<'a>(look: &Look<'a, '_>, node: &Node<'a>, expr: &'a Expr) -> Option<Finding> {
    let call = call_of(expr, "int")?;
    if !is_bare_length(look.tree, argument(call, 0)?) || is_careful(look.tree, node) {
        return None;
    }
    let message = "int() of CONTENT_LENGTH, which may be absent, or empty".to_owned();
    let finding = look.finding(Mistake::ContentLengthEmpty, message, node);
    Some(with_default(
        finding,
        look.tree,
        look.file,
        argument(call, 0)?,
    ))
}

/// Whether an expression is `CONTENT_LENGTH` without anything that stands in for an empty one.
fn is_bare_length(tree: &Tree<'_>, expr: &Expr) -> bool {
    let origins = tree.origins_of(expr);
    let reads = |expr: &&Expr| {
        let is_read = look_up(expr).is_some_and(|it| it.key == "CONTENT_LENGTH");
        is_read && !tree.node_of(expr).is_some_and(|it| is_careful(tree, it))
    };
    let safe = |expr: &&Expr| expr.is_bool_op_expr() || expr.is_if_expr();
    origins.iter().any(reads) && !origins.iter().any(safe)
}

/// Whether somebody thought of an absent or empty value: a `try` around, or a condition on it.
fn is_careful(tree: &Tree<'_>, node: &Node<'_>) -> bool {
    let variable = match node.expr() {
        Some(Expr::Call(call)) => argument(call, 0).and_then(name),
        _ => None,
    };
    // A copy may have another key.
    let own_key = match node.expr() {
        Some(Expr::Call(call)) => argument(call, 0).and_then(look_up).map(|it| it.key),
        _ => None,
    };
    let asks = |expr: &Expr| {
        let Some(test) = tree.node_of(expr) else {
            return false;
        };
        let mut parts = tree.inside(test).filter_map(Node::expr).chain([expr]);
        parts.any(|part| {
            look_up(part).is_some_and(|it| it.key == "CONTENT_LENGTH" || Some(it.key) == own_key)
                || literal(part) == Some("CONTENT_LENGTH")
                || variable.is_some() && name(part) == variable
        })
    };
    let mut nodes = tree.scope(tree.function_around(node)).iter();
    let asked = nodes.any(|it| match it.what {
        What::Stmt(Stmt::If(it)) => {
            let others = it
                .elif_else_clauses
                .iter()
                .filter_map(|it| it.test.as_ref());
            std::iter::once(&*it.test).chain(others).any(asks)
        }
        What::Expr(Expr::If(it)) => asks(&it.test),
        _ => false,
    });
    asked || tree.is_tried(node)
}

fn content_length_raised(thrown: &Thrown<'_, '_>) -> Option<Finding> {
    let number = thrown.is(&["ValueError", "TypeError"]) && thrown.says("int");
    let missing = thrown.is(&["KeyError"]) && thrown.says("'CONTENT_LENGTH'");
    if !number && !missing {
        return None;
    }
    let tree = thrown.tree.as_ref()?;
    let exprs = thrown.exprs();
    let call = exprs.iter().find(|(_, expr)| {
        call_of(expr, "int").is_some_and(|call| {
            argument(call, 0).is_some_and(|it| {
                let mut origins = tree.origins_of(it).into_iter();
                origins.any(|it| look_up(it).is_some_and(|it| it.key == "CONTENT_LENGTH"))
            })
        })
    });
    if call.is_none() && !missing {
        return None;
    }
    let what = if missing {
        "this request has no CONTENT_LENGTH: the key may be absent, or empty"
    } else {
        "CONTENT_LENGTH is not a number here: the key may be absent, or empty"
    };
    let spot = call.and_then(|(node, _)| thrown.spot_of(node));
    let finding = thrown.finding_with(Mistake::ContentLengthEmpty, what.to_owned(), spot);
    let length = call.and_then(|(_, expr)| argument(call_of(expr, "int")?, 0));
    Some(match length {
        Some(length) => with_default(finding, tree, thrown.file, length),
        None => finding,
    })
}

/// The same finding, with what is asked for as `get('CONTENT_LENGTH') or 0` where it is looked up
/// right there.
fn with_default(finding: Finding, tree: &Tree<'_>, file: &str, length: &Expr) -> Finding {
    let Some(found) = look_up(length).filter(|it| it.key == "CONTENT_LENGTH") else {
        return finding;
    };
    let container = tree.source.code(found.container);
    let code = format!("{container}.get('CONTENT_LENGTH') or 0");
    finding.with_edit(Edit::replacing(tree.source, file, length.range(), &code))
}

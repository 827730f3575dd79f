//! `None` that was called: a handler nobody found, a decorator that returns nothing, or the
//! `write()` that a wrapped `start_response` did not return.

use ruff_python_ast::Expr;

use super::Finding;
use super::thrown::Thrown;
use super::wrapped::is_wrapped;
use crate::diagnosis::Mistake;
use crate::diagnosis::Spot;
use crate::diagnosis::source::{Node, Tree, call, is_start_response_name};

pub fn thrown(thrown: &Thrown<'_, '_>) -> Option<Finding> {
    if !thrown.is(&["TypeError"]) || !thrown.says("NoneType") || !thrown.says("callable") {
        return None;
    }
    let tree = thrown.tree.as_ref()?;
    let exprs = thrown.exprs();
    let calls = || {
        exprs.iter().filter_map(|(node, expr)| match expr {
            Expr::Call(call) => Some((node, call)),
            _ => None,
        })
    };
    let is_write = |called: &Expr| {
        let mut origins = tree.origins_of(called).into_iter();
        origins.any(|it| call(it).is_some_and(|(_, called)| is_start_response_name(called)))
    };
    if calls().any(|(_, call)| is_write(&call.func)) {
        return no_write(thrown);
    }
    let (node, outer) = calls().find(|(_, call)| may_be_none(tree, &call.func))?;
    let called = tree.source.code(&*outer.func);
    let made = tree.origins_of(&outer.func);
    let found = made.iter().rev().find(|it| it.is_call_expr());
    let why = match found.filter(|it| tree.source.code(**it) != called) {
        Some(found) => format!(": {} gave None", one_line(tree.source.code(*found))),
        None => String::new(),
    };
    let message = format!("{called} is None, and was called{why}");
    Some(thrown.finding_with(Mistake::NoneCalled, message, thrown.spot_of(node)))
}

/// Whether what is called is looked up or kept somewhere, rather than defined.
fn may_be_none(tree: &Tree<'_>, called: &Expr) -> bool {
    match called {
        Expr::Name(it) => {
            let is_defined =
                |at: &&Node<'_>| at.function().is_none_or(|it| it.decorator_list.is_empty());
            tree.functions(&it.id).find(is_defined).is_none()
        }
        Expr::Attribute(_) | Expr::Subscript(_) | Expr::Call(_) => true,
        _ => false,
    }
}

fn one_line(code: &str) -> String {
    code.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The application called what a wrapped `start_response` returned, and that was nothing.
fn no_write(thrown: &Thrown<'_, '_>) -> Option<Finding> {
    let case = thrown.case;
    case.trees().find_map(|(file, tree)| {
        let node = tree
            .all_functions()
            .find(|node| is_wrapped(&tree, node) && tree.returned_by(node).is_empty())?;
        let spot = Spot::of(file, tree.def_span(node));
        let message =
            "the application called write(), and the middleware's start_response gave None";
        Some(thrown.finding_with(Mistake::MiddlewareNoWrite, message.to_owned(), Some(spot)))
    })
}

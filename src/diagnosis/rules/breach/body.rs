//! Finds what made a body that breaks a rule: the function that returned it, the class it is of, or
//! the file that it reads.

use std::rc::Rc;

use ruff_python_ast::{Expr, Stmt};
use ruff_text_size::Ranged as _;

use crate::diagnosis::Spot;
use crate::diagnosis::case::{Case, Made};
use crate::diagnosis::source::{Node, Tree, call, call_of, is_start_response_name, last_name};
use crate::exchange::EventKind;

/// The line that ran last in a function that fell off its end.
pub fn no_return(case: &Case<'_>) -> Option<Spot> {
    let made = case.returned()?;
    let gives = matches!(
        made.expr,
        Some(Expr::List(_) | Expr::Tuple(_) | Expr::StringLiteral(_) | Expr::BytesLiteral(_))
    );
    if !gives {
        return Some(made.spot());
    }
    // RustPython counts the end of a function as its last line. What ran before was the last one.
    let steps = case.run.steps().iter().rev().map(|(_, step)| &step.place);
    let mut places = steps.filter(|place| place.file == made.file);
    places.find(|place| place.line == made.line)?;
    let before = places.find(|place| place.line != made.line)?;
    Some(case.line(before))
}

/// The innermost of the calls that gave the body which does not call `start_response`.
pub fn silent<'a>(case: &Case<'a>) -> Option<Made<'a>> {
    let mut ways = case.ways_of_returned();
    let calls = |made: &Made<'_>| {
        let function = made.tree.function_at(made.line);
        function.is_some_and(|function| made.tree.starts(function))
    };
    match ways.iter().rposition(|made| !calls(made)) {
        Some(place) => Some(ways.swap_remove(place)),
        None => ways.pop(),
    }
}

/// Whether `start_response` is called after the first block, in the function that gave it.
pub fn comes_late(case: &Case<'_>, at: usize) -> bool {
    let Some(made) = case.block(at) else {
        return false;
    };
    let Some(function) = made.tree.function_at(made.line) else {
        return false;
    };
    made.tree.inside(function).any(|node| {
        let Some((call, called)) = node.expr().and_then(call) else {
            return false;
        };
        // It may be the application inside that is to call it.
        let hands_on = || {
            let mut names = call.arguments.args.iter().filter_map(last_name);
            names.any(is_start_response_name)
        };
        node.line >= made.line && (is_start_response_name(called) || hands_on())
    })
}

/// The async function that was called.
pub fn async_def(case: &Case<'_>) -> Option<Spot> {
    let is_async = |node: &&Node<'_>| node.function().is_some_and(|it| it.is_async);
    let made = case.returned();
    let called = made
        .as_ref()
        .and_then(|made| call(made.expr?))
        .map(|(_, called)| called);
    let named = called.or_else(|| case.callable().map(|(_, name)| name));
    for (file, tree) in case.trees() {
        let by_name = tree.nodes().filter(is_async).find(|node| {
            node.function()
                .is_some_and(|it| Some(it.name.as_str()) == named)
        });
        if let Some(node) = by_name.or_else(|| tree.nodes().find(is_async)) {
            return Some(Spot::of(file, tree.def_span(node)));
        }
    }
    None
}

/// The `open` of a file that was returned.
pub fn opened(case: &Case<'_>) -> Option<Spot> {
    let made = case.returned()?;
    let opens =
        |expr: &Expr| call_of(expr, "open").is_some() || call_of(expr, "StringIO").is_some();
    let here = made
        .expr
        .and_then(|expr| made.tree.node_of(expr))
        .map(|node| {
            let origins = made.tree.origins(node);
            let inside = made.tree.inside(node).filter_map(Node::expr);
            let through = inside.filter_map(|expr| made.tree.node_of(expr));
            origins
                .into_iter()
                .chain(through.flat_map(|node| made.tree.origins(node)))
                .find(|expr| opens(expr))
        });
    let found = here.flatten().or_else(|| {
        let function = made.tree.function_at(made.line)?;
        made.tree
            .inside(function)
            .filter_map(Node::expr)
            .find(|expr| opens(expr))
    });
    Some(match found {
        Some(expr) => Spot::of(made.file, made.tree.source.span(expr.range())),
        None => made.spot(),
    })
}

/// A method of the class of what was returned.
pub fn def_of_class(case: &Case<'_>, method: &str) -> Option<Spot> {
    let (file, tree, class) = class_of_returned(case)?;
    match tree.methods(&class, method).next() {
        Some(node) => Some(Spot::of(file, tree.def_span(node))),
        None => Some(case.returned()?.spot()),
    }
}

/// Where the class of what was returned gives itself a `close`.
pub fn close_of_class(case: &Case<'_>) -> Option<Spot> {
    let (file, tree, class) = class_of_returned(case)?;
    let sets = |node: &&Node<'_>| match node.stmt() {
        Some(Stmt::Assign(assign)) => assign
            .targets
            .iter()
            .any(|target| last_name(target) == Some("close")),
        _ => false,
    };
    let found = tree.inside(&class).find(sets)?;
    Some(Spot::of(file, tree.span(found)))
}

fn class_of_returned<'a>(case: &Case<'a>) -> Option<(&'a str, Rc<Tree<'a>>, Node<'a>)> {
    let kind = case.run.kinds().find_map(|(_, kind)| match kind {
        EventKind::Returned { r#type, .. } => Some(r#type.as_str()),
        _ => None,
    })?;
    case.trees().find_map(|(file, tree)| {
        let class = *tree.class(kind)?;
        Some((file, tree, class))
    })
}

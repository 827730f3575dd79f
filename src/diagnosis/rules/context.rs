//! What a body needs, and what is cleared before it is made: `finally` and `with` end when the
//! function returns, and a generator begins after that.

use std::collections::{BTreeSet, HashSet};

use ruff_python_ast::{Expr, Stmt};

use super::Finding;
use super::thrown::{Thrown, told};
use crate::diagnosis::Mistake;
use crate::diagnosis::Spot;
use crate::diagnosis::source::{Node, Tree, holds, method};
use crate::exchange::{EventKind, RaisedIn};

/// What fails when something is gone.
const FAILURES: &[&str] = &[
    "AttributeError",
    "LookupError",
    "KeyError",
    "IndexError",
    "TypeError",
    "ValueError",
    "RuntimeError",
    "ProgrammingError",
    "InterfaceError",
];
/// Methods after which something holds nothing any more.
const CLEARING: &[&str] = &[
    "clear",
    "reset",
    "close",
    "pop",
    "popitem",
    "drop",
    "remove",
    "release",
    "dispose",
    "disconnect",
    "shutdown",
];

pub fn thrown(thrown: &Thrown<'_, '_>) -> Option<Finding> {
    if thrown.raised.r#in != RaisedIn::Iteration || !thrown.is(FAILURES) {
        return None;
    }
    let mut before = thrown.case.run.kinds().take(thrown.at);
    let returned = before
        .find(|(_, kind)| matches!(kind, EventKind::Returned { .. }))?
        .0;
    let spot = with_that_ended(thrown).or_else(|| clearing(thrown, returned))?;
    let message = format!(
        "it was cleared here, before the body was made: {}",
        told(thrown.raised)
    );
    Some(thrown.finding_with(Mistake::ContextClearedEarly, message, Some(spot)))
}

/// The `with` whose target is used after a `return` has ended it.
fn with_that_ended(thrown: &Thrown<'_, '_>) -> Option<Spot> {
    // That it holds nothing any more is to be seen.
    if !["NoneType", "closed", "outside"]
        .iter()
        .any(|it| thrown.says(it))
    {
        return None;
    }
    let tree = thrown.tree.as_ref()?;
    let origins = thrown
        .exprs()
        .into_iter()
        .filter(|(_, expr)| expr.is_name_expr())
        .flat_map(|(node, _)| tree.origins(&node));
    let ended = |expr: &Expr| -> Option<Spot> {
        let node = tree.node_of(expr)?;
        let outer = tree.parent(node)?;
        let is_left = matches!(outer.stmt(), Some(Stmt::With(_)))
            && !outer.covers(thrown.line)
            && thrown.case.ran(thrown.file, tree, outer)
            && tree.inside(outer).any(|it| {
                matches!(it.stmt(), Some(Stmt::Return(_))) && thrown.case.ran(thrown.file, tree, it)
            });
        is_left.then(|| Spot::of(thrown.file, tree.span(node)))
    };
    origins.into_iter().find_map(ended)
}

/// The line of a `finally`, or of an `__exit__`, that ran before the application returned and
/// cleared what was looked for.
fn clearing(thrown: &Thrown<'_, '_>, returned: usize) -> Option<Spot> {
    let source = &thrown.tree.as_ref()?.source;
    let exprs = thrown.exprs();
    let looked_for: HashSet<&str> = exprs.iter().map(|(_, expr)| source.code(*expr)).collect();
    let before = thrown.case.run.steps_in(0..returned).iter();
    let lines = before.map(|(_, step)| (step.place.file.as_str(), step.place.line));
    let lines: BTreeSet<(&str, u32)> = lines.collect();
    lines.into_iter().find_map(|(file, line)| {
        let tree = thrown.case.tree(file)?;
        let node = tree.stmt_at(line)?;
        thrown.case.budget().take(1);
        let is_cleared = |it: &Expr| looked_for.contains(tree.source.code(it));
        let clears = cleared_by(node).into_iter().any(is_cleared);
        (clears && leaves(&tree, node)).then(|| Spot::of(file, tree.span(node)))
    })
}

/// What a statement clears.
fn cleared_by<'a>(node: &Node<'a>) -> Vec<&'a Expr> {
    match node.stmt() {
        Some(Stmt::Delete(it)) => it.targets.iter().collect(),
        Some(Stmt::Assign(it)) if it.value.is_none_literal_expr() => it.targets.iter().collect(),
        Some(Stmt::Expr(it)) => match method(&it.value) {
            Some((on, called, _)) if CLEARING.contains(&called) => vec![on],
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// Whether a statement runs when a block is left.
fn leaves(tree: &Tree<'_>, node: &Node<'_>) -> bool {
    tree.around(node).any(|outer| match outer.stmt() {
        Some(Stmt::Try(it)) => holds(&it.finalbody, node),
        Some(Stmt::FunctionDef(it)) => it.name == *"__exit__",
        _ => false,
    })
}

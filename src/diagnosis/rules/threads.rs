//! A connection to an `SQLite` database that is used in another thread than the one that made it.

use ruff_python_ast::Expr;

use super::Finding;
use super::thrown::Thrown;
use crate::diagnosis::Mistake;
use crate::diagnosis::Spot;
use crate::diagnosis::source::{Node, Tree, call, method, name};

pub fn thrown(thrown: &Thrown<'_, '_>) -> Option<Finding> {
    const MESSAGE: &str = "SQLite objects created in a thread can only be used in that same thread";
    if !thrown.is(&["ProgrammingError"]) || !thrown.says(MESSAGE) {
        return None;
    }
    let made = connected(thrown);
    let used = match &made {
        Some(spot) if spot.file != thrown.file || spot.line != thrown.line => {
            format!("used on line {}", thrown.line)
        }
        _ => "used here".to_owned(),
    };
    // What follows in the message are the numbers of the threads.
    let message = format!(
        "the connection is {used}, in a thread that did not make it: ProgrammingError: {MESSAGE}"
    );
    Some(thrown.finding_with(Mistake::ConnectionOfAnotherThread, message, made))
}

/// Where the connection was made: the call that what is used comes from, or else the only one there
/// is.
fn connected(thrown: &Thrown<'_, '_>) -> Option<Spot> {
    let tree = thrown.tree.as_ref()?;
    let spot = |expr: &Expr| thrown.spot_of(tree.node_of(expr)?);
    let used = thrown.exprs().into_iter();
    let mut made = used
        .flat_map(|(node, _)| tree.all_makings(&node))
        .filter(|it| connects(tree, it));
    if let Some(made) = made.next() {
        return spot(made);
    }
    let mut calls = tree.calls("connect").filter_map(Node::expr);
    let only = calls.next().filter(|it| connects(tree, it))?;
    calls.next().is_none().then(|| spot(only)).flatten()
}

/// Whether an expression is `sqlite3.connect(…)`, or the same by the name it was imported under.
fn connects(tree: &Tree<'_>, expr: &Expr) -> bool {
    let Some((_, called)) = call(expr) else {
        return false;
    };
    match method(expr) {
        Some((on, ..)) => called == "connect" && name(on).is_some_and(|it| it.contains("sqlite")),
        None => tree.imported(called) == "connect",
    }
}

//! Finds the call that broke a rule on its line, and an argument of it.

use ruff_python_ast::ExprCall;
use ruff_text_size::Ranged;

use crate::diagnosis::Spot;
use crate::diagnosis::case::Case;
use crate::diagnosis::source::{Node, Tree, argument, call, is_start_response_name, last_name};
use crate::exchange::Blame;

/// The call on a line, of something with this in its name where there are several.
pub fn call_at<'a>(tree: &Tree<'a>, line: u32, named: &str) -> Option<(Node<'a>, &'a ExprCall)> {
    let calls: Vec<(Node<'a>, &ExprCall, &str)> = tree
        .exprs_at(line)
        .filter_map(|(node, expr)| {
            let (call, called) = call(expr)?;
            Some((*node, call, called))
        })
        .collect();
    let starts = |called: &str| match named {
        "start" => is_start_response_name(called),
        other => called.contains(other),
    };
    let fits = calls
        .iter()
        .find(|(node, _, called)| starts(called) && node.line == line);
    let fits = fits.or_else(|| calls.iter().find(|(_, _, called)| starts(called)));
    let fits = fits.or_else(|| calls.first())?;
    Some((fits.0, fits.1))
}

pub fn call_spot(case: &Case<'_>, blame: &Blame, named: &str) -> Option<Spot> {
    let tree = case.tree(&blame.file)?;
    let (node, _) = call_at(&tree, blame.line, named)?;
    Some(Spot::of(&blame.file, tree.span(&node)))
}

pub fn argument_at(case: &Case<'_>, blame: &Blame, named: &str, place: usize) -> Option<Spot> {
    let tree = case.tree(&blame.file)?;
    let (node, call) = call_at(&tree, blame.line, named)?;
    // A helper may have its arguments in another order.
    let called = last_name(&call.func).unwrap_or_default();
    let known = named != "start" || is_start_response_name(called);
    let argument = argument(call, place).filter(|_| known);
    let argument = argument.map_or(node.range(), Ranged::range);
    Some(Spot::of(&blame.file, tree.source.span(argument)))
}

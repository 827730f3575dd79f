//! What the body of an answer was made of: every expression whose value may have gone into it,
//! followed from what was returned, yielded or written, through all files of the project.

use std::collections::{BTreeSet, HashSet};
use std::rc::Rc;

use ruff_python_ast::Expr;

use super::case::Case;
use super::source::{Node, Tree, call, is_start_response_name, name};

/// Blocks of a body that are traced back; those that follow are made in the same way.
const MAX_BLOCKS: usize = 40;

/// An expression, in its file.
pub struct Part<'a> {
    pub file: &'a str,
    pub tree: Rc<Tree<'a>>,
    pub node: Node<'a>,
    pub expr: &'a Expr,
}

/// The expressions that ran and went into the body. What `stop` says yes to is left out, with its
/// parts.
pub fn parts<'a>(case: &Case<'a>, stop: &dyn Fn(&Tree<'a>, &Expr) -> bool) -> Vec<Part<'a>> {
    let mut rest = beginnings(case);
    let mut followed = HashSet::new();
    let mut found: BTreeSet<(&'a str, usize)> = BTreeSet::new();
    while let Some((file, at)) = rest.pop() {
        let Some(tree) = case.tree(file).filter(|_| followed.insert((file, at))) else {
            continue;
        };
        let Some(node) = tree.at(at) else { continue };
        for expr in tree.makings(node, &|expr| stop(&tree, expr)) {
            let Some(node) = tree.node_of(expr) else {
                continue;
            };
            if found.insert((file, node.at)) {
                rest.extend(elsewhere(case, file, &tree, expr));
            }
        }
    }
    let parts = found.into_iter().filter_map(|(file, at)| {
        let tree = case.tree(file)?;
        let node = *tree.at(at)?;
        let expr = node.expr()?;
        case.ran(file, &tree, &node).then_some(Part {
            file,
            tree,
            node,
            expr,
        })
    });
    parts.collect()
}

/// What was returned, yielded and written, each with its file.
fn beginnings<'a>(case: &Case<'a>) -> Vec<(&'a str, usize)> {
    let blocks = case.run.blocks().filter_map(|(at, _)| case.block(at));
    let made = case.ways_of_returned().into_iter();
    let made = made.chain(blocks.take(MAX_BLOCKS));
    let made = made.filter_map(|made| Some((made.file, made.tree.node_of(made.expr?)?.at)));
    let mut beginnings: Vec<(&'a str, usize)> = made.collect();
    for (file, tree) in case.trees() {
        let is_write = |node: &&Node<'_>| {
            let Some((outer, _)) = node.expr().and_then(call) else {
                return false;
            };
            let mut origins = tree.origins_of(&outer.func).into_iter();
            let is_of_start = |it: &Expr| {
                let called = call(it).map(|(_, called)| called);
                called.is_some_and(is_start_response_name)
            };
            name(&outer.func).is_some() && case.ran(file, &tree, node) && origins.any(is_of_start)
        };
        beginnings.extend(
            tree.calls("write")
                .filter(is_write)
                .map(|node| (file, node.at)),
        );
    }
    beginnings
}

/// What a function of another file of the project returns, where an expression calls one that is
/// not in its own.
fn elsewhere<'a>(
    case: &Case<'a>,
    file: &str,
    tree: &Tree<'a>,
    expr: &Expr,
) -> Vec<(&'a str, usize)> {
    let Some((_, called)) = call(expr) else {
        return Vec::new();
    };
    if tree.functions(called).next().is_some() {
        return Vec::new();
    }
    let called = tree.imported(called);
    let mut returned = Vec::new();
    for (other, tree) in case.trees().filter(|(other, _)| *other != file) {
        for function in tree.functions(called) {
            let values = tree.returned_by(function).iter();
            let nodes = values.filter_map(|value| tree.node_of(value));
            returned.extend(nodes.map(|node| (other, node.at)));
        }
    }
    returned
}

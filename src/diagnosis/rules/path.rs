//! Paths: `PATH_INFO` is the bytes of the path without their percent signs, read as latin-1.

use std::collections::HashSet;

use ruff_python_ast::{CmpOp, Expr, Stmt};

use super::Finding;
use super::form::SPLITTERS;
use super::look::{ExprRule, Look, at_each_expr};
use super::thrown::Thrown;
use crate::diagnosis::Mistake;
use crate::diagnosis::case::Case;
use crate::diagnosis::source::{Node, Tree, argument, literal, look_up, method};

/// What a path still begins with its slash after.
const KEEP_SLASH: &[&str] = &["rstrip", "lower", "casefold", "removesuffix"];

pub fn thrown(thrown: &Thrown<'_, '_>) -> Option<Finding> {
    encoded_slash_raised(thrown)
}

pub fn find<'a>(case: &Case<'a>) -> Vec<Finding> {
    let rules: [ExprRule<'a>; 3] = [
        |l, n, e| compared(l, n, e),
        |l, n, e| routed(l, n, e),
        |l, n, e| encoded_slash(l, n, e),
    ];
    at_each_expr(case, &rules)
}

/// A path compared with text it can never be.
fn compared<'a>(look: &Look<'a, '_>, node: &Node<'a>, expr: &'a Expr) -> Option<Finding> {
    let (path, others) = compared_with(look.tree, node, expr)?;
    if !is_path(look.tree, path) {
        return None;
    }
    let texts: Vec<&str> = others
        .iter()
        .flat_map(|other| texts_of(look.tree, other))
        .collect();
    paths(look, node, &texts)
}

/// A path looked up among routes that can never be one.
fn routed<'a>(look: &Look<'a, '_>, node: &Node<'a>, expr: &'a Expr) -> Option<Finding> {
    let (routes, path) = match expr {
        Expr::Subscript(it) if it.ctx.is_load() => (&*it.value, &*it.slice),
        Expr::Call(_) => {
            let (routes, _, call) = method(expr).filter(|(_, name, _)| *name == "get")?;
            (routes, argument(call, 0)?)
        }
        _ => return None,
    };
    if !is_path(look.tree, path) {
        return None;
    }
    paths(look, node, &texts_of(look.tree, routes))
}

fn paths<'a>(look: &Look<'a, '_>, node: &Node<'a>, texts: &[&str]) -> Option<Finding> {
    // A middleware of the project may have made another path of it.
    if look.case.sets_key("PATH_INFO") {
        return None;
    }
    let asked = look.case.environ("PATH_INFO").unwrap_or_default();
    if let Some(text) = texts.iter().find(|text| !text.is_ascii()) {
        let message = format!("PATH_INFO is never '{text}': it holds the bytes as latin-1");
        return Some(look.finding(Mistake::PathNotDecoded, message, node));
    }
    let bare = |text: &&&str| !text.is_empty() && !text.starts_with(['/', '*']);
    let text = texts.iter().find(bare)?;
    let message = format!("PATH_INFO begins with a slash, so it is never '{text}'");
    let finding = look.finding(Mistake::PathNoSlash, message, node);
    // Seen to fail only where somebody asked for just this.
    let is_asked = asked
        .strip_prefix('/')
        .is_some_and(|it| texts.contains(&it));
    Some(if is_asked { finding } else { finding.latent() })
}

/// A slash that was sent as %2F looks like any other in `PATH_INFO`.
fn encoded_slash<'a>(look: &Look<'a, '_>, node: &Node<'a>, expr: &'a Expr) -> Option<Finding> {
    let message = splits_encoded(look.case, look.tree, expr)?;
    Some(look.finding(Mistake::PathEncodedSlash, message, node))
}

/// Whether something was made of `PATH_INFO`.
fn is_of_path(tree: &Tree<'_>, expr: &Expr) -> bool {
    tree.all_makings_of(expr).into_iter().any(reads_path)
}

/// Whether an expression looks `PATH_INFO` up.
fn reads_path(expr: &Expr) -> bool {
    look_up(expr).is_some_and(|it| it.key == "PATH_INFO")
}

/// A path taken apart at its slashes, when one of them was none: what was sent, and what splits it.
fn splits_encoded(case: &Case<'_>, tree: &Tree<'_>, expr: &Expr) -> Option<String> {
    let (on, name, call) = method(expr)?;
    let slash = argument(call, 0).and_then(literal) == Some("/");
    if !slash || !SPLITTERS.contains(&name) {
        return None;
    }
    let request = case.exchange().now().request.as_ref()?;
    let path = request.target.split('?').next()?;
    let encoded = path.to_ascii_lowercase().contains("%2f");
    (encoded && is_of_path(tree, on))
        .then(|| format!("the %2F of {path} has become a slash in PATH_INFO"))
}

/// What an expression compares, and with what: a comparison, `startswith`, or the cases of a
/// `match`. (With `in` a text is looked for in the path, and may stand anywhere in it.)
fn compared_with<'a>(
    tree: &Tree<'a>,
    node: &Node<'a>,
    expr: &'a Expr,
) -> Option<(&'a Expr, Vec<&'a Expr>)> {
    match expr {
        Expr::Compare(compare) => {
            let left = &*compare.left;
            let right = compare.comparators.first()?;
            match compare.ops.first()? {
                CmpOp::Eq | CmpOp::NotEq if is_path(tree, left) => Some((left, vec![right])),
                CmpOp::Eq | CmpOp::NotEq => Some((right, vec![left])),
                CmpOp::In | CmpOp::NotIn if !right.is_string_literal_expr() => {
                    Some((left, vec![right]))
                }
                _ => None,
            }
        }
        Expr::Call(_) => {
            let (on, _, call) = method(expr).filter(|(_, name, _)| *name == "startswith")?;
            Some((on, vec![argument(call, 0)?]))
        }
        Expr::StringLiteral(_) => {
            // A literal that stands in a match itself is a case's.
            let parent = tree.parent(node)?;
            match parent.stmt()? {
                Stmt::Match(it) => Some((&*it.subject, vec![expr])),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Whether an expression is `PATH_INFO` as it came, or with its slash at least: whatever its value
/// may be, it is looked up, or made of such a path by a method that leaves the slash.
fn is_path(tree: &Tree<'_>, expr: &Expr) -> bool {
    let mut seen = HashSet::new();
    let mut rest = vec![expr];
    let mut is_read = false;
    while let Some(expr) = rest.pop() {
        for origin in tree.origins_of(expr) {
            let Some(node) = tree.node_of(origin).filter(|node| seen.insert(node.at)) else {
                continue;
            };
            if reads_path(origin) {
                is_read = true;
                continue;
            }
            let kept = method(origin).filter(|(_, name, _)| KEEP_SLASH.contains(name));
            match (kept, node.expr()) {
                (Some((on, ..)), _) => rest.push(on),
                (None, Some(Expr::Call(_) | Expr::Subscript(_) | Expr::BinOp(_))) => return false,
                _ => {}
            }
        }
    }
    is_read
}

/// The texts an expression has: a literal, some of them, or the keys of a dict.
fn texts_of<'a>(tree: &Tree<'a>, expr: &'a Expr) -> Vec<&'a str> {
    let of = |expr: &'a Expr| match expr {
        Expr::Tuple(it) => it.elts.iter().filter_map(literal).collect(),
        Expr::List(it) => it.elts.iter().filter_map(literal).collect(),
        Expr::Set(it) => it.elts.iter().filter_map(literal).collect(),
        Expr::Dict(it) => it
            .items
            .iter()
            .filter_map(|it| literal(it.key.as_ref()?))
            .collect(),
        other => literal(other).into_iter().collect::<Vec<_>>(),
    };
    tree.origins_of(expr).into_iter().flat_map(of).collect()
}

fn encoded_slash_raised(thrown: &Thrown<'_, '_>) -> Option<Finding> {
    if !thrown.is(&["ValueError", "IndexError", "KeyError"]) {
        return None;
    }
    let tree = thrown.tree.as_ref()?;
    tree.exprs_at(thrown.line).find_map(|(node, expr)| {
        let message = splits_encoded(thrown.case, tree, expr)?;
        Some(thrown.finding_with(Mistake::PathEncodedSlash, message, thrown.spot_of(node)))
    })
}

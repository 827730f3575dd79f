//! The list of headers taken for a dict, or for an object with methods of its own.

use ruff_python_ast::{Expr, Stmt};
use ruff_text_size::Ranged as _;

use super::Finding;
use super::thrown::{Thrown, told};
use super::wrapped::is_wrapped;
use crate::diagnosis::source::{
    Node, Tree, argument, call, is_start_response_name, method, name, parameters,
};
use crate::diagnosis::{Edit, Mistake};

/// Methods that a list does not have, and a dict or an object of headers may have.
const METHODS: &[&str] = &[
    "add",
    "add_header",
    "get",
    "get_all",
    "items",
    "keys",
    "values",
    "set",
    "setdefault",
    "update",
];

pub fn thrown(thrown: &Thrown<'_, '_>) -> Option<Finding> {
    let as_dict = thrown.is(&["TypeError"]) && thrown.says("list indices must be");
    let as_object = thrown.is(&["AttributeError"]) && thrown.says("'list' object has no attribute");
    let two = thrown.is(&["TypeError"])
        && (thrown.says("append()") || thrown.says("expected at most"))
        && thrown.says("argument");
    if !as_dict && !as_object && !two {
        return None;
    }
    let tree = thrown.tree.as_ref()?;
    // Which part of the line failed is not always told exactly.
    let mut exprs = thrown.exprs();
    exprs.extend(tree.exprs_at(thrown.line).map(|(node, expr)| (*node, expr)));
    let (node, container) = exprs.iter().find_map(|(node, expr)| {
        let container = match expr {
            Expr::Subscript(it) if as_dict => &*it.value,
            Expr::Call(_) => {
                let (on, called, _) = method(expr)?;
                let fits = as_object && METHODS.contains(&called) || two && called == "append";
                fits.then_some(on)?
            }
            Expr::Attribute(it) if as_object && METHODS.contains(&it.attr.as_str()) => &it.value,
            _ => return None,
        };
        is_headers(tree, node, container).then_some((node, container))
    })?;
    let variable = tree.source.code(container);
    let message = format!(
        "{variable} is a list of pairs, (name, value), not a dict: {}",
        told(thrown.raised)
    );
    let finding = thrown.finding_with(Mistake::HeadersAsDict, message, thrown.spot_of(node));
    Some(finding.with_edit(appended(thrown, tree, node, variable)))
}

/// Whether a variable is a list of headers: it is what a wrapped `start_response` was given, is
/// handed to one, or is called so.
fn is_headers(tree: &Tree<'_>, node: &Node<'_>, container: &Expr) -> bool {
    let Some(variable) = name(container) else {
        return false;
    };
    let Some(function) = tree.function_around(node) else {
        return false;
    };
    let is_second = function
        .function()
        .is_some_and(|it| parameters(it).get(1) == Some(&variable))
        && is_wrapped(tree, function);
    let is_handed = || {
        tree.own_nodes(function).any(|it| {
            let Some((call, called)) = it.expr().and_then(call) else {
                return false;
            };
            is_start_response_name(called) && argument(call, 1).and_then(name) == Some(variable)
        })
    };
    is_second || variable.to_ascii_lowercase().contains("header") || is_handed()
}

/// `headers['X'] = value` and `headers.add('X', value)` as an `append()` of a pair.
fn appended(
    thrown: &Thrown<'_, '_>,
    tree: &Tree<'_>,
    node: &Node<'_>,
    variable: &str,
) -> Option<Edit> {
    let source = tree.source;
    let (piece, name, value) = match node.expr()? {
        Expr::Subscript(subscript) => {
            let statement = tree.statement_of(node)?.stmt()?;
            let Stmt::Assign(assign) = statement else {
                return None;
            };
            if assign.targets.len() != 1 || assign.targets.first()?.range() != subscript.range() {
                return None;
            }
            (assign.range(), &*subscript.slice, &*assign.value)
        }
        Expr::Call(call) => {
            let is_added = matches!(method(node.expr()?)?.1, "add" | "append" | "add_header");
            let pair = argument(call, 0).zip(argument(call, 1))?;
            if !is_added || call.arguments.len() != 2 {
                return None;
            }
            (call.range(), pair.0, pair.1)
        }
        _ => return None,
    };
    let (name, value) = (source.code(name), source.code(value));
    let code = format!("{variable}.append(({name}, {value}))");
    Edit::replacing(source, thrown.file, piece, &code)
}

//! Counts that each process of the server keeps for itself, while the page shows them as
//! everybody's (`wsgi.multiprocess`).

use std::cell::OnceCell;

use ruff_python_ast::{Expr, Operator, Stmt};

use super::Finding;
use super::look::{Look, at_each_file, while_steps_last};
use crate::diagnosis::Mistake;
use crate::diagnosis::body::{Part, parts};
use crate::diagnosis::case::Case;
use crate::diagnosis::source::{Node, Tree, call, is_application, name, parameters};

/// What makes a dict that is empty, or that counts.
const DICTS: &[&str] = &["dict", "Counter", "defaultdict", "OrderedDict"];
/// Parts of the names of what is meant to be of one process.
const OF_ONE_PROCESS: &[&str] = &["process", "worker", "pid"];

pub fn find(case: &Case<'_>) -> Vec<Finding> {
    let has_others = case.entry("wsgi.multiprocess");
    if has_others.is_none_or(|it| it.repr != "True") || case.mentions("wsgi.multiprocess") {
        return Vec::new();
    }
    let shown = OnceCell::new();
    at_each_file(case, |look| {
        let ran = case.ran_nodes(look.file, look.tree);
        let statements = ran.iter().filter(|node| node.stmt().is_some());
        while_steps_last(case, statements, |node| {
            counted(look, node, || {
                shown.get_or_init(|| parts(case, &|_, _| false))
            })
        })
    })
}

/// A statement that ran and counts in what lives as long as the process, where the body shows that.
fn counted<'s, 'a: 's>(
    look: &Look<'a, '_>,
    node: &Node<'a>,
    shown: impl FnOnce() -> &'s Vec<Part<'a>>,
) -> Option<Finding> {
    let target = count(look.tree, node)?;
    let base = match target {
        Expr::Subscript(it) => &*it.value,
        other => other,
    };
    if !is_of_process(look.tree, node, base, target.is_subscript_expr()) {
        return None;
    }
    let code = look.tree.source.code(base);
    let lower = code.to_ascii_lowercase();
    if OF_ONE_PROCESS.iter().any(|it| lower.contains(it)) {
        return None;
    }
    let shown = shown();
    let is_shown = |part: &Part<'_>| match (part.expr, base) {
        (Expr::Name(it), Expr::Name(base)) => part.file == look.file && it.id == base.id,
        (Expr::Attribute(it), Expr::Attribute(base)) => it.attr.as_str() == base.attr.as_str(),
        _ => false,
    };
    // A page that says which process it is from is about that one.
    let is_of_one = |part: &Part<'_>| call(part.expr).is_some_and(|(_, it)| it == "getpid");
    if !look.case.budget().take(shown.len()) || !shown.iter().any(is_shown) {
        return None;
    }
    if shown.iter().any(is_of_one) {
        return None;
    }
    let message = format!(
        "each process counts {code} for itself, and the page shows the count of the one that answers: \
         wsgi.multiprocess is True"
    );
    Some(
        look.finding(Mistake::StatePerProcess, message, node)
            .latent(),
    )
}

/// What a statement adds a number to, or takes it from.
fn count<'a>(tree: &Tree<'a>, node: &Node<'a>) -> Option<&'a Expr> {
    let counts = |op: Operator| matches!(op, Operator::Add | Operator::Sub);
    match node.stmt()? {
        Stmt::AugAssign(it) if counts(it.op) && it.value.is_number_literal_expr() => {
            Some(&it.target)
        }
        Stmt::Assign(it) => {
            let ([target], Expr::BinOp(sum)) = (&it.targets[..], &*it.value) else {
                return None;
            };
            let base = match target {
                Expr::Subscript(it) => &*it.value,
                other => other,
            };
            let code = tree.source.code(base);
            let reads =
                |node: &Node<'a>| node.expr().is_some_and(|it| tree.source.code(it) == code);
            let left = tree.node_of(&sum.left)?;
            let is_sum = counts(sum.op)
                && sum.right.is_number_literal_expr()
                && tree.inside(left).chain([left]).any(reads);
            is_sum.then_some(target)
        }
        _ => None,
    }
}

/// Whether something lives as long as the process and begins as nothing: a global, an attribute of
/// a class, or one of an object that is global. Where it has items it is a dict, and else a number.
fn is_of_process<'a>(tree: &Tree<'a>, node: &Node<'a>, base: &'a Expr, has_items: bool) -> bool {
    let begins = |value: &Expr| {
        if has_items {
            value.is_dict_expr() || call(value).is_some_and(|(_, it)| DICTS.contains(&it))
        } else {
            value.is_number_literal_expr()
        }
    };
    match base {
        Expr::Name(it) => {
            let variable = it.id.as_str();
            let mut functions = tree.around(node).filter(|it| it.function().is_some());
            let is_global = if has_items {
                !functions.any(|it| is_own(tree, it, variable))
            } else {
                functions.any(|it| tree.index.is_global(it.at, variable))
            };
            let values = tree.index.assigned(None, variable);
            node.function.is_some()
                && is_global
                && !values.is_empty()
                && values.iter().all(|it| begins(it))
                && is_never_read_in(tree, variable)
        }
        Expr::Attribute(it) => {
            let (Some(on), attribute) = (name(&it.value), it.attr.as_str()) else {
                return false;
            };
            let Some(class) = class_of(tree, node, on) else {
                return false;
            };
            let values = tree.index.attributes(class.at, attribute);
            let values = values.iter().filter(|(value, _)| !value.is_bin_op_expr());
            let mut values = values.peekable();
            values.peek().is_some() && values.all(|(value, _)| begins(value))
        }
        _ => false,
    }
}

/// Whether a variable is a function's own.
fn is_own<'a>(tree: &Tree<'a>, function: &Node<'a>, variable: &str) -> bool {
    let is_parameter = function
        .function()
        .is_some_and(|it| parameters(it).contains(&variable));
    is_parameter
        || !tree.index.assigned(Some(function.at), variable).is_empty()
        || !tree.index.looped(Some(function.at), variable).is_empty()
}

/// Whether no function gives a global another value than a number, or one more than it was: what is
/// read from a file may be written there, too.
fn is_never_read_in(tree: &Tree<'_>, variable: &str) -> bool {
    let functions = tree.index.all_functions();
    if !tree.budget.take(functions.len()) {
        return false;
    }
    let functions = tree.at_all(functions);
    let of_all = functions.filter(|it| tree.index.is_global(it.at, variable));
    let mut values = of_all.flat_map(|it| tree.index.assigned(Some(it.at), variable));
    values.all(|it| it.is_number_literal_expr() || it.is_bin_op_expr())
}

/// The class of which something is an attribute, where that lives as long as the process: the class
/// by its name, an object of it that is global, or `self` where that is the application.
fn class_of<'t, 'a>(tree: &'t Tree<'a>, node: &Node<'a>, on: &str) -> Option<&'t Node<'a>> {
    let of_module = |it: &&Node<'a>| it.function.is_none();
    if on == "self" {
        let class = tree.class_around(node)?;
        let Some(Stmt::ClassDef(definition)) = class.stmt() else {
            return None;
        };
        let is_called = |it: &Node<'a>| it.function().is_some_and(is_application);
        let mut made = tree.calls(definition.name.as_str());
        let is_kept =
            tree.methods(class, "__call__").any(is_called) && made.any(|it| it.function.is_none());
        return is_kept.then_some(class);
    }
    if let Some(class) = tree.class(on).filter(of_module) {
        return Some(class);
    }
    let [value] = tree.index.assigned(None, on) else {
        return None;
    };
    tree.class(call(value)?.1).filter(of_module)
}

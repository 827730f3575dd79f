//! Applications that are called once too often, or in place of an instance of theirs (PEP 3333,
//! Middleware: Components that Play Both Sides).

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::rc::Rc;

use ruff_python_ast::{Expr, Stmt};
use ruff_text_size::Ranged as _;

use super::Finding;
use super::middleware::calls_application;
use crate::diagnosis::Mistake;
use crate::diagnosis::Spot;
use crate::diagnosis::case::Case;
use crate::diagnosis::fix::rewritten;
use crate::diagnosis::run::Calling;
use crate::diagnosis::source::{
    Node, Tree, What, argument, is_application, is_environ, is_environ_name, last_name, name,
    parameters,
};
use crate::exchange::{Blame, EventKind};

pub fn find(case: &Case<'_>) -> Vec<Finding> {
    let found = [called_twice(case), class_not_instance(case)];
    found.into_iter().flatten().collect()
}

/// An application that answers the same request twice.
fn called_twice(case: &Case<'_>) -> Option<Finding> {
    let mut first = HashMap::new();
    for calling in case.run.calls() {
        case.budget().take(1);
        let Some(function) = application(case, calling) else {
            continue;
        };
        match first.entry((calling.file, function)) {
            Entry::Vacant(entry) => {
                entry.insert(calling);
            }
            Entry::Occupied(entry) => {
                if let Some(finding) = again(case, entry.get(), calling) {
                    return Some(finding);
                }
            }
        }
    }
    None
}

/// The function of a call, where that is one application and no other: a function of the module, or
/// a method of a class of which there is one instance.
fn application(case: &Case<'_>, calling: &Calling<'_>) -> Option<usize> {
    let tree = case.tree(calling.file)?;
    let (_, step) = calling.steps.first()?;
    let node = tree.function_at(step.place.line)?;
    let function = node.function()?;
    let is_it = function.name == *calling.function
        && is_application(function)
        && node.function.is_none()
        && tree.starts(node);
    if !is_it {
        return None;
    }
    if let Some(Stmt::ClassDef(class)) = tree.class_around(node).and_then(Node::stmt) {
        let calls = case
            .trees()
            .map(|(_, it)| it.index.calls(&class.name).len());
        let made: usize = calls.sum();
        if made > 1 || function.name == *"__init__" {
            return None;
        }
    }
    Some(node.at)
}

fn again<'a>(case: &Case<'a>, first: &Calling<'a>, second: &Calling<'a>) -> Option<Finding> {
    let (end, last) = first.steps.last()?;
    let (begin, _) = second.steps.first()?;
    let tree = case.tree(first.file)?;
    // One that failed may be tried again, and one may call itself for another page.
    let raises = matches!(
        tree.stmt_at(last.place.line).and_then(Node::stmt),
        Some(Stmt::Raise(_))
    );
    if begin < end || raises || is_handled(case, *end, first.depth) {
        return None;
    }
    site(case, first)?;
    let (file, tree, node) = site(case, second)?;
    // With another environ it is another request.
    let mut between = case.run.steps_in(*end..*begin).iter();
    if between.any(|(_, step)| changes_environ(case, &step.place)) {
        return None;
    }
    let message = format!(
        "{}() answers this request a second time; the first time it ended at {}",
        second.function, last.place
    );
    let spot = Spot::of(file, tree.span(&node));
    Some(Finding::new(
        Mistake::AppCalledTwice,
        message,
        Some(spot),
        *begin,
    ))
}

/// Whether a call ended with an exception that whoever called it caught.
fn is_handled(case: &Case<'_>, end: usize, depth: u32) -> bool {
    let mut after = case.run.steps_in(end + 1..usize::MAX).iter();
    let next = after.find(|(_, step)| step.depth < depth);
    next.is_some_and(|(_, step)| {
        let place = &step.place;
        let Some(tree) = case.tree(&place.file) else {
            return false;
        };
        let Some(node) = tree.stmt_at(place.line) else {
            return false;
        };
        // The line of an `except` is part of no statement but the `try`.
        let catches = match node.stmt() {
            Some(Stmt::Try(it)) => it.handlers.iter().any(|handler| {
                let range = handler.range();
                let lines = tree.source.line_of(range.start())..=tree.source.line_of(range.end());
                lines.contains(&place.line)
            }),
            _ => false,
        };
        let mut around = tree.around(node);
        catches || around.any(|it| matches!(it.what, What::Handler(_)))
    })
}

/// The call by which an application was called with the environ that its caller got.
fn site<'a>(case: &Case<'a>, calling: &Calling<'a>) -> Option<(&'a str, Rc<Tree<'a>>, Node<'a>)> {
    let (begin, step) = calling.steps.first()?;
    let depth = step.depth.checked_sub(1)?;
    let before = case.run.steps_in(0..*begin);
    let (_, outer) = before.iter().rfind(|(_, step)| step.depth == depth)?;
    let place = &outer.place;
    let tree = case.tree(&place.file)?;
    let node = tree.exprs_at(place.line).find_map(|(node, expr)| {
        let Expr::Call(call) = expr else {
            return None;
        };
        let environ = argument(call, 0).and_then(name)?;
        let function = tree.function_around(node)?;
        let is_given = parameters(function.function()?).contains(&environ)
            && tree.index.assigned(Some(function.at), environ).is_empty();
        (calls_application(call) && is_given).then_some(*node)
    })?;
    Some((&place.file, tree, node))
}

/// Whether a line puts something into environ.
fn changes_environ(case: &Case<'_>, place: &Blame) -> bool {
    let Some(tree) = case.tree(&place.file) else {
        return false;
    };
    let is_of_environ = |target: &Expr| match target {
        Expr::Subscript(it) => is_environ(&it.value),
        _ => false,
    };
    match tree.stmt_at(place.line).and_then(Node::stmt) {
        Some(Stmt::Assign(it)) => it.targets.iter().any(is_of_environ),
        Some(Stmt::AugAssign(it)) => is_of_environ(&it.target),
        Some(Stmt::Expr(it)) => match &*it.value {
            Expr::Call(call) => match &*call.func {
                Expr::Attribute(method) => is_environ(&method.value),
                _ => false,
            },
            _ => false,
        },
        _ => false,
    }
}

/// A middleware's class that the server called with environ, in place of an instance.
fn class_not_instance(case: &Case<'_>) -> Option<Finding> {
    let mut class = None;
    let mut at = None;
    for (place, kind) in case.run.kinds() {
        match kind {
            EventKind::Returned { r#type, .. } => class = Some(r#type.as_str()),
            EventKind::RuleBroken(broken) if broken.rule == Mistake::BodyNotIterable.slug() => {
                at = Some(place);
            }
            _ => {}
        }
    }
    let (class, at) = (class?, at?);
    if !was_given_environ(case, class) {
        return None;
    }
    case.trees().find_map(|(file, tree)| {
        let definition = tree.class(class)?;
        is_middleware(&tree, definition).then_some(())?;
        let nodes = tree.nodes();
        let handed = nodes
            .filter(|node| node.expr().and_then(name) == Some(class))
            .rfind(|node| is_handed_over(&tree, node));
        let spot = match handed {
            Some(node) => tree.span(node),
            None => tree.def_span(definition),
        };
        let spot = Spot::of(file, spot);
        let edit = handed
            .and_then(|node| to_be_wrapped(&tree, node))
            .and_then(|app| rewritten(tree.source, &spot, |code| Some(format!("{code}({app})"))));
        let message = format!(
            "{class} itself is called for each request, which gives an instance, not a body; the server \
             needs an instance, such as {class}(app)"
        );
        let finding = Finding::new(
            Mistake::MiddlewareClassNotInstance,
            message,
            Some(spot),
            at,
        );
        Some(finding.with_edit(edit))
    })
}

/// What is to be wrapped where a class is assigned: what an attribute held before, or the only
/// application of the module.
fn to_be_wrapped<'a>(tree: &Tree<'a>, node: &Node<'a>) -> Option<&'a str> {
    let Some(Stmt::Assign(assign)) = tree.parent(node)?.stmt() else {
        return None;
    };
    let [target] = &assign.targets[..] else {
        return None;
    };
    if target.is_attribute_expr() {
        return Some(tree.source.code(target));
    }
    let functions = tree.all_functions().filter(|it| it.parent.is_none());
    let mut applications = functions
        .filter_map(Node::function)
        .filter(|it| is_application(it));
    let only = applications.next()?;
    applications.next().is_none().then_some(only.name.as_str())
}

/// Whether an instance of a class was made with environ in the place of an application.
fn was_given_environ(case: &Case<'_>, class: &str) -> bool {
    let shown = format!("<{class}>");
    let mut calls = case.run.calls();
    calls.any(|calling| {
        let Some((_, step)) = calling
            .steps
            .first()
            .filter(|_| calling.function == "__init__")
        else {
            return false;
        };
        match &step.locals[..] {
            [(_, Some(instance)), (parameter, Some(first)), ..] => {
                *instance == shown && first.starts_with("<dict of") && !is_environ_name(parameter)
            }
            _ => false,
        }
    })
}

/// Whether the instances of a class are applications and no iterables, by its own methods or those
/// of the class it is derived from.
fn is_middleware(tree: &Tree<'_>, class: &Node<'_>) -> bool {
    let base = match class.stmt() {
        Some(Stmt::ClassDef(it)) => it.bases().first().and_then(name),
        _ => None,
    };
    let classes = [Some(class), base.and_then(|base| tree.class(base))];
    let methods = classes
        .into_iter()
        .flatten()
        .flat_map(|it| tree.inside(it))
        .filter_map(Node::function);
    let mut answers = false;
    for method in methods {
        match method.name.as_str() {
            "__call__" => answers |= is_application(method),
            "__iter__" | "__getitem__" => return false,
            _ => {}
        }
    }
    answers
}

/// Whether a name stands where its value is handed over: it is assigned, returned, or completed
/// later.
fn is_handed_over(tree: &Tree<'_>, node: &Node<'_>) -> bool {
    let Some(parent) = tree.parent(node) else {
        return false;
    };
    match (parent.stmt(), parent.expr()) {
        (Some(Stmt::Assign(_) | Stmt::AnnAssign(_) | Stmt::Return(_)), _) => true,
        (_, Some(Expr::Call(call))) => last_name(&call.func) == Some("partial"),
        _ => false,
    }
}

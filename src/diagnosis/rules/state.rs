//! What belongs to one request and is kept for all: globals, attributes of classes and items of the
//! module's dicts.

use ruff_python_ast::{Expr, ExprContext, Stmt};

use super::Finding;
use super::look::{Look, at_each_file, while_steps_last};
use crate::diagnosis::Mistake;
use crate::diagnosis::case::Case;
use crate::diagnosis::source::{Node, Tree, call, last_name, literal, look_up, name, parameters};
use crate::exchange::EventKind;

/// Keys of environ that each visitor has other values for.
const OF_VISITOR: &[&str] = &[
    "QUERY_STRING",
    "PATH_INFO",
    "REMOTE_USER",
    "REMOTE_ADDR",
    "HTTP_COOKIE",
    "HTTP_AUTHORIZATION",
    "HTTP_ACCEPT_LANGUAGE",
    "HTTP_USER_AGENT",
    "HTTP_REFERER",
];
/// Parts of the names of what is meant to be kept from one request to the next.
const MEANT_FOR_ALL: &[&str] = &[
    "last", "latest", "prev", "recent", "count", "total", "cache", "stat", "seen", "log", "max",
    "min", "best", "history", "debug", "verbose", "config", "setting",
];
/// What gives each thread or each request values of its own.
const OF_EACH_REQUEST: &[&str] = &["local", "Local", "LocalStack", "LocalProxy", "ContextVar"];

/// Whether a class is called as one whose objects have values of their own for each thread or
/// request.
fn is_called_local(class: &str) -> bool {
    OF_EACH_REQUEST.contains(&class) || class.to_ascii_lowercase().contains("thread")
}

pub fn find(case: &Case<'_>) -> Vec<Finding> {
    if !is_safe(case) {
        return Vec::new();
    }
    at_each_file(case, |look| {
        let ran = case.ran_nodes(look.file, look.tree);
        let statements = ran.iter().filter(|node| node.stmt().is_some());
        while_steps_last(case, statements, |node| kept(look, node))
    })
}

/// Whether the request has a safe method (RFC 9110, section 9.2.1). What a POST changes is meant to
/// stay.
pub fn is_safe(case: &Case<'_>) -> bool {
    let request = case.exchange().now().request.as_ref();
    request.is_some_and(|it| matches!(it.method.as_str(), "GET" | "HEAD"))
}

/// Whether something is called as what is to be kept from one request to the next.
pub fn is_meant_for_all(code: &str) -> bool {
    let lower = code.to_ascii_lowercase();
    MEANT_FOR_ALL.iter().any(|it| lower.contains(it))
}

/// Whether an expression looks up what each visitor has another value of.
pub fn of_visitor(expr: &Expr) -> bool {
    look_up(expr).is_some_and(|it| is_of_visitor(it.key))
}

/// An assignment that ran, of something of this request to what lives as long as the process.
fn kept<'a>(look: &Look<'a, '_>, node: &Node<'a>) -> Option<Finding> {
    let tree = look.tree;
    let Some(Stmt::Assign(assign)) = node.stmt() else {
        return None;
    };
    let [target] = &assign.targets[..] else {
        return None;
    };
    if !is_of_module(tree, node, target) {
        return None;
    }
    let code = tree.source.code(target);
    if is_meant_for_all(code) {
        return None;
    }
    let reads = |it: &Node<'_>| is_read(it) && code_of(tree, it) == Some(code);
    let test = condition(tree, node);
    let is_guard = |test: &Expr| {
        let node = tree.node_of(test);
        node.is_some_and(|it| tree.inside(it).chain([it]).any(reads))
    };
    if test.is_some_and(is_guard) {
        return None;
    }
    if !tree
        .all_makings_of(&assign.value)
        .into_iter()
        .any(of_visitor)
    {
        return None;
    }
    let ran = look.case.ran_nodes(look.file, tree);
    let count = ran.len() + tree.nodes().count();
    if !look.case.budget().take(count) {
        return None;
    }
    // Set by each request, it is that request's own until the body is made: others may come before.
    let used = ran.iter().any(|it| {
        reads(it) && it.statement != node.at && (test.is_some() || is_late(look, it.line))
    });
    let set_again = tree
        .nodes()
        .any(|it| it.at != node.at && it.function.is_some() && sets(tree, it, code));
    if !used || set_again {
        return None;
    }
    let message = match test {
        Some(_) => format!(
            "{code} is kept after this request: the next one that does not set it finds it there"
        ),
        None => format!(
            "{code} is the same for all requests, and is read while the body is made: another request \
             may have set it by then"
        ),
    };
    Some(
        look.finding(Mistake::RequestStateGlobal, message, node)
            .latent(),
    )
}

/// Whether a line ran when the application had returned.
fn is_late(look: &Look<'_, '_>, line: u32) -> bool {
    look.case.budget().take(look.at());
    let run = &look.case.run;
    let returned = |kind: &EventKind| matches!(kind, EventKind::Returned { .. });
    let returned = run.kinds().find(|(_, kind)| returned(kind));
    returned.is_some_and(|(at, _)| {
        let mut late = run.steps_in(at..look.at()).iter();
        late.any(|(_, step)| step.place.file == look.file && step.place.line == line)
    })
}

fn is_of_visitor(key: &str) -> bool {
    OF_VISITOR.contains(&key) || key.starts_with("HTTP_X_") && !key.contains("FORWARDED")
}

/// The condition under which a statement runs, within its function.
fn condition<'a>(tree: &Tree<'a>, node: &Node<'a>) -> Option<&'a Expr> {
    let function = node.function?;
    let mut around = tree.around(node).take_while(|it| it.at != function);
    around.find_map(|it| match it.stmt() {
        Some(Stmt::If(it)) => Some(&*it.test),
        _ => None,
    })
}

fn code_of<'a>(tree: &Tree<'a>, node: &Node<'a>) -> Option<&'a str> {
    Some(tree.source.code(node.expr()?))
}

fn is_read(node: &Node<'_>) -> bool {
    let context = match node.expr() {
        Some(Expr::Name(it)) => it.ctx,
        Some(Expr::Attribute(it)) => it.ctx,
        Some(Expr::Subscript(it)) => it.ctx,
        _ => return false,
    };
    context == ExprContext::Load
}

/// Whether a statement gives another value to what has this name, or takes it away.
fn sets(tree: &Tree<'_>, node: &Node<'_>, code: &str) -> bool {
    let targets = match node.stmt() {
        Some(Stmt::Assign(it)) => &it.targets[..],
        Some(Stmt::Delete(it)) => &it.targets[..],
        _ => return false,
    };
    targets.iter().any(|it| tree.source.code(it) == code)
}

/// Whether a target is a global, or a part of something that is one, and the same for all threads.
fn is_of_module(tree: &Tree<'_>, node: &Node<'_>, target: &Expr) -> bool {
    let part_of = |on: &Expr| name(on).is_some_and(|it| is_shared_part(tree, node, it));
    match target {
        Expr::Name(it) => {
            let mut functions = tree.around(node).filter(|it| it.function().is_some());
            // The statement `global` makes it one.
            functions.any(|function| tree.index.is_global(function.at, &it.id))
        }
        Expr::Attribute(it) => part_of(&it.value),
        Expr::Subscript(it) if literal(&it.slice).is_some() => part_of(&it.value),
        _ => false,
    }
}

/// Whether what a function calls so, and changes at a node, is the module's, and the same for all
/// threads.
pub fn is_shared_part(tree: &Tree<'_>, node: &Node<'_>, variable: &str) -> bool {
    let functions = tree.around(node).filter(|it| it.function().is_some());
    let is_own = |function: &Node<'_>| {
        let is_parameter = function
            .function()
            .is_some_and(|it| parameters(it).contains(&variable));
        is_parameter
            || matches!(variable, "self" | "cls")
            || !tree.index.assigned(Some(function.at), variable).is_empty()
            || !tree.index.looped(Some(function.at), variable).is_empty()
    };
    let mut functions = functions.peekable();
    if functions.peek().is_none() {
        return false;
    }
    let is_class = tree
        .class(variable)
        .is_some_and(|it| it.function.is_none() && !is_of_each_request(it));
    let values = tree.index.assigned(None, variable);
    let shared = |value: &&Expr| {
        let made = call(value).map(|(_, called)| called);
        let own = made
            .and_then(|called| tree.class(called))
            .is_some_and(is_of_each_request);
        !own && !made.is_some_and(|it| is_called_local(tree.imported(it)))
    };
    let is_shared = !values.is_empty() && values.iter().all(shared);
    (is_class || is_shared) && !functions.any(is_own)
}

/// Whether a class is derived from one that has other values for each thread.
fn is_of_each_request(class: &Node<'_>) -> bool {
    match class.stmt() {
        Some(Stmt::ClassDef(it)) => {
            let mut bases = it.bases().iter().filter_map(last_name);
            bases.any(is_called_local)
        }
        _ => false,
    }
}

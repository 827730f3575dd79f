//! Requests that ended without an answer, and output that went to the wrong place.

use super::Finding;
use crate::diagnosis::case::{Case, Spot};
use crate::diagnosis::source::{Node, call, last_name, method};
use crate::exchange::{EventKind, Output, sentence};

pub fn find(case: &Case<'_>) -> Vec<Finding> {
    let found = case.run.kinds().filter_map(|(at, kind)| match kind {
        EventKind::TimedOut(timed_out) => {
            let spot = timed_out.blame.as_ref().map(|blame| case.line(blame));
            Some(Finding::new("app-hangs", sentence(kind), spot, at))
        }
        EventKind::WorkerDied { reason } if reason.starts_with("no answer") => {
            Some(Finding::new("app-hangs", reason.clone(), None, at))
        }
        EventKind::WorkerDied { .. } => os_exit(case, at),
        EventKind::Printed {
            output: Output::Stdout,
            text,
        } => print_in_app(case, at, text),
        _ => None,
    });
    found.collect()
}

/// `os._exit()`: the lines just before it may not have been told any more.
fn os_exit(case: &Case<'_>, at: usize) -> Option<Finding> {
    let exits = |node: &&Node<'_>| matches!(node.called(), Some("_exit" | "abort"));
    case.files().into_iter().find_map(|file| {
        let tree = case.tree(file)?;
        let ran = tree
            .nodes()
            .filter(exits)
            .find(|node| case.ran(file, &tree, node));
        let node = ran.or_else(|| tree.nodes().find(exits))?;
        let code = tree.source.line(node.line).trim();
        let message = format!("the application ended the whole Python process: {code}");
        let spot = Spot::of(file, tree.span(node));
        Some(Finding::new("os-exit", message, Some(spot), at))
    })
}

/// A `print()` of the project's own, not one of a library's.
fn print_in_app(case: &Case<'_>, at: usize, text: &str) -> Option<Finding> {
    let prints = |node: &Node<'_>| {
        let Some(expr) = node.expr() else {
            return false;
        };
        let direct = call(expr).is_some_and(|(call, called)| {
            called == "print" && !call.arguments.keywords.iter().any(is_file)
        });
        let written = method(expr).is_some_and(|(on, called, _)| {
            matches!(called, "write" | "writelines") && last_name(on) == Some("stdout")
        });
        direct || written
    };
    let step = case.run.line_before(at);
    let now = step.and_then(|step| {
        let file = &step.place.file;
        let tree = case.tree(file)?;
        let here = || tree.exprs_at(step.place.line);
        let direct = here().find(|(node, _)| prints(node));
        // print() may have got another name.
        let named = || {
            tree.exprs()
                .any(|(_, expr)| last_name(expr) == Some("print"))
        };
        let renamed = || here().find(|(_, expr)| expr.is_call_expr() && named());
        let (node, _) = direct.or_else(renamed)?;
        Some(Spot::of(file, tree.span(node)))
    });
    let spot = now.or_else(|| {
        case.files().into_iter().find_map(|file| {
            let tree = case.tree(file)?;
            let node = tree
                .nodes()
                .find(|node| prints(node) && (step.is_none() || case.ran(file, &tree, node)))?;
            Some(Spot::of(file, tree.span(node)))
        })
    })?;
    let first = text.lines().next().unwrap_or_default();
    let message =
        format!("print() wrote '{first}' to the terminal of the server; a visitor never sees it");
    Some(Finding::new("print-in-app", message, Some(spot), at))
}

fn is_file(keyword: &ruff_python_ast::Keyword) -> bool {
    keyword.arg.as_ref().is_some_and(|name| name == "file")
}

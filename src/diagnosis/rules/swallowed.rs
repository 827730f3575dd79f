//! An exception that is caught and told to nobody: what is sent is empty, cut off, None, or a 5xx
//! page of which no log says the reason.

use std::collections::HashSet;

use ruff_python_ast::{ExceptHandler, Expr, Stmt, StmtTry};

use super::generators::{catches, handler_at};
use super::look::Look;
use super::{Finding, Remedy};
use crate::diagnosis::Mistake;
use crate::diagnosis::Spot;
use crate::diagnosis::case::Case;
use crate::diagnosis::source::{
    Node, Tree, call, call_of, holds, is_start_response_name, last_name, literal, name,
};
use crate::exchange::{Blame, EventKind, Step};

/// What tells the people who run the application.
const LOGGED: &str = "\
except Exception:
    traceback.print_exc(file=environ['wsgi.errors'])";

/// How an answer is without what the exception has prevented.
enum Answer {
    /// None was returned, at the place of this event.
    None(usize),
    Empty,
    /// This many bytes came before it ended.
    Cut(u64),
    /// The application answered with this status itself, and nothing was logged.
    Failed(String),
}

pub fn find(case: &Case<'_>) -> Vec<Finding> {
    find_one(case).into_iter().collect()
}

fn find_one(case: &Case<'_>) -> Option<Finding> {
    let answer = answer(case)?;
    let mut seen = HashSet::new();
    for &(at, step) in case.run.steps() {
        let file = step.place.file.as_str();
        if !seen.insert((file, step.place.line)) {
            continue;
        }
        let Some(tree) = case.tree(file) else {
            continue;
        };
        let Some((node, handler)) = handler_at(&tree, step.place.line) else {
            continue;
        };
        let look = Look {
            case,
            file,
            tree: &tree,
        };
        if catches(handler, &["Exception", "BaseException"])
            && hides(&look, &node, handler, &answer)
        {
            return Some(finding(case, &tree, step, at, &answer));
        }
    }
    None
}

fn finding(case: &Case<'_>, tree: &Tree<'_>, step: &Step, at: usize, answer: &Answer) -> Finding {
    let raised = case.run.line_before(at).map(|it| it.place.line);
    let raised = raised.map_or_else(String::new, |line| format!(" of line {line}"));
    let then = match answer {
        Answer::None(_) => "None is returned instead of a body".to_owned(),
        Answer::Empty => "the page is empty".to_owned(),
        Answer::Cut(bytes) => format!("the body ends after {bytes} bytes"),
        Answer::Failed(status) => format!("the answer is {status}"),
    };
    let how = match answer {
        Answer::Failed(_) => "caught, and no log says what it was",
        _ => "caught and ignored",
    };
    let message = format!("the exception{raised} is {how}: {then}");
    let span = tree.source.whole_line(step.place.line);
    let spot = Some(Spot::of(&step.place.file, span));
    let finding = Finding::new(Mistake::ExceptionSwallowed, message, spot, at);
    match answer {
        Answer::Failed(_) => finding.with(Remedy::Example(LOGGED.to_owned())),
        _ => finding,
    }
}

fn answer(case: &Case<'_>) -> Option<Answer> {
    let method = &case.exchange().now().request.as_ref()?.method;
    let is_none = |kind: &EventKind| match kind {
        EventKind::RuleBroken(broken) => broken.rule == Mistake::BodyIsNone.slug(),
        _ => false,
    };
    if let Some((at, _)) = case.run.kinds().find(|(_, kind)| is_none(kind)) {
        return Some(Answer::None(at));
    }
    let moment = case.exchange().now();
    let answered = case.run.answered();
    if let Some(status) = moment.status().filter(|it| it.starts_with('5')) {
        let is_silent = moment.logged.is_empty() && moment.printed.is_empty();
        return (is_silent && !answered.is_cut_off).then(|| Answer::Failed(status.to_owned()));
    }
    if !answered.ok || answered.is_cut_off || method == "HEAD" {
        return None;
    }
    Some(match answered.bytes {
        0 => Answer::Empty,
        bytes => Answer::Cut(bytes),
    })
}

/// Whether an answer is as it is because of this `except`.
fn hides<'a>(
    look: &Look<'a, '_>,
    node: &Node<'a>,
    handler: &'a ExceptHandler,
    answer: &Answer,
) -> bool {
    let Look { case, file, tree } = *look;
    let ExceptHandler::ExceptHandler(inside) = handler;
    let is_page = matches!(answer, Answer::Failed(_));
    if !is_page && !inside.body.iter().all(says_nothing) {
        return false;
    }
    let Some((outer, tried)) = tree.around(node).find_map(|it| match it.stmt() {
        Some(Stmt::Try(tried)) => Some((it, tried)),
        _ => None,
    }) else {
        return false;
    };
    let in_body = |other: &Node<'_>| holds(&tried.body, other);
    match answer {
        Answer::Failed(_) => fails(look, node),
        Answer::None(at) => {
            let last = case.run.line_before(*at);
            last.is_some_and(|step| node.covers(step.place.line) && step.place.file == file)
        }
        Answer::Empty => {
            returns_empty(handler) || gives_nothing(look, node, tried) || {
                // What was to go into the body is what the try would have made.
                let function = tree.function_around(node);
                let returned = function.into_iter().flat_map(|it| tree.returned_by(it));
                let mut returned = returned.filter_map(|it| kept_in(it));
                let inside = || tree.inside(outer).filter(|it| in_body(it));
                returned
                    .any(|variable| inside().any(|it| it.expr().and_then(name) == Some(variable)))
            }
        }
        Answer::Cut(_) => {
            let yields = |it: &Node<'_>| {
                matches!(it.expr(), Some(Expr::Yield(_) | Expr::YieldFrom(_)))
                    && it.function == node.function
            };
            let silent = inside
                .body
                .iter()
                .all(|it| matches!(it, Stmt::Pass(_) | Stmt::Return(_) | Stmt::Break(_)));
            let leaves = inside
                .body
                .iter()
                .any(|it| matches!(it, Stmt::Return(_) | Stmt::Break(_)));
            let loops = tree
                .around(outer)
                .take_while(|it| it.function().is_none())
                .any(|it| matches!(it.stmt(), Some(Stmt::For(_) | Stmt::While(_))));
            let yielded = tree.inside(outer).any(|it| in_body(it) && yields(it));
            let function = tree.function_around(node);
            silent
                && yielded
                && (leaves || !loops)
                && function.is_some_and(|function| case.gave_body(file, function))
        }
    }
}

/// Whether an `except` makes the status that was sent, and raises nothing.
fn fails(look: &Look<'_, '_>, node: &Node<'_>) -> bool {
    let Some((_, started)) = look.case.run.last_start() else {
        return false;
    };
    let is_inside = |place: &Blame| place.file == look.file && node.covers(place.line);
    let calls = started.by.calls.iter().map(|it| &it.place);
    let is_called = started.by.blame.iter().chain(calls).any(is_inside);
    let inside = || look.tree.inside(node);
    let sets_status = || {
        let mut exprs = inside().filter_map(Node::expr);
        exprs.any(|it| literal(it) == Some(started.status.as_str()))
    };
    let raises = |it: &Node<'_>| matches!(it.stmt(), Some(Stmt::Raise(_)));
    (is_called || sets_status()) && !inside().any(raises)
}

/// Whether a function returns None since its `try` did not come to its `return`, and the body that
/// was sent was to be made of what it gives.
fn gives_nothing(look: &Look<'_, '_>, node: &Node<'_>, tried: &StmtTry) -> bool {
    let returns = tried.body.iter().any(|it| match it {
        Stmt::Return(it) => it.value.is_some(),
        _ => false,
    });
    let Some(function) = look.tree.function_around(node).and_then(Node::function) else {
        return false;
    };
    if !returns {
        return false;
    }
    let made = look.case.returned().filter(|made| made.file == look.file);
    let parts = made.and_then(|made| {
        let body = made.tree.node_of(made.expr?)?;
        Some(made.tree.all_makings(body))
    });
    let mut parts = parts.into_iter().flatten();
    parts.any(|it| call_of(it, &function.name).is_some())
}

/// Whether a statement of an `except` makes no answer of any kind.
fn says_nothing(stmt: &Stmt) -> bool {
    match stmt {
        Stmt::Pass(_) | Stmt::Break(_) => true,
        Stmt::Return(it) => it.value.as_deref().is_none_or(is_empty),
        // Something is printed or logged.
        Stmt::Expr(it) => call(&it.value).is_some_and(|(call, called)| {
            let mut given = call.arguments.args.iter();
            !is_start_response_name(called)
                && !given.any(|it| last_name(it).is_some_and(is_start_response_name))
                && matches!(
                    called,
                    "print"
                        | "write"
                        | "debug"
                        | "info"
                        | "warning"
                        | "error"
                        | "exception"
                        | "log"
                        | "print_exc"
                        | "flush"
                )
        }),
        _ => false,
    }
}

fn is_empty(expr: &Expr) -> bool {
    match expr {
        Expr::NoneLiteral(_) => true,
        Expr::BytesLiteral(it) => it.value.is_empty(),
        Expr::StringLiteral(it) => it.value.is_empty(),
        Expr::List(it) => it.elts.iter().all(is_empty_block),
        Expr::Tuple(it) => it.elts.iter().all(is_empty_block),
        _ => false,
    }
}

fn is_empty_block(expr: &Expr) -> bool {
    matches!(expr, Expr::BytesLiteral(it) if it.value.is_empty())
}

/// Whether an `except` gives an empty value itself.
fn returns_empty(handler: &ExceptHandler) -> bool {
    let ExceptHandler::ExceptHandler(handler) = handler;
    handler.body.iter().any(|it| match it {
        Stmt::Return(it) => it
            .value
            .as_deref()
            .is_some_and(|it| is_empty(it) && !it.is_none_literal_expr()),
        _ => false,
    })
}

/// The variable of which a returned value is: `page`, or `[page]`.
fn kept_in(expr: &Expr) -> Option<&str> {
    match expr {
        Expr::List(it) => it.elts.first().and_then(kept_name),
        other => kept_name(other),
    }
}

fn kept_name(expr: &Expr) -> Option<&str> {
    match expr {
        Expr::Call(it) => match &*it.func {
            Expr::Attribute(it) => name(&it.value),
            _ => None,
        },
        other => name(other),
    }
}

//! An exception that is caught and answered by nothing: what is sent is empty, cut off, or None.

use ruff_python_ast::{ExceptHandler, Expr, Stmt};
use ruff_text_size::Ranged as _;

use super::Finding;
use super::generators::{catches, handler_at};
use crate::diagnosis::Mistake;
use crate::diagnosis::case::{Case, Spot};
use crate::diagnosis::source::{Node, Tree, call, is_start_response_name, last_name, name};
use crate::exchange::{BlockSource, EventKind, Step};

/// How an answer is without what the exception has prevented.
enum Answer {
    /// None was returned, at the place of this event.
    None(usize),
    Empty,
    /// This many bytes came before it ended.
    Cut(u64),
}

pub fn find(case: &Case<'_>) -> Vec<Finding> {
    find_one(case).into_iter().collect()
}

fn find_one(case: &Case<'_>) -> Option<Finding> {
    let answer = answer(case)?;
    let handlers = case.run.kinds().filter_map(|(at, kind)| match kind {
        EventKind::Line(step) => Some((at, step)),
        _ => None,
    });
    let mut seen = Vec::new();
    for (at, step) in handlers {
        if seen.contains(&&step.place) {
            continue;
        }
        seen.push(&step.place);
        let Some(tree) = case.tree(&step.place.file) else {
            continue;
        };
        let Some((node, handler)) = handler_at(&tree, step.place.line) else {
            continue;
        };
        if catches(handler, &["Exception", "BaseException"])
            && hides(case, &tree, &node, handler, &answer)
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
        Answer::None(_) => "None is returned in place of a body".to_owned(),
        Answer::Empty => "the page is empty".to_owned(),
        Answer::Cut(bytes) => format!("the body ends after {bytes} bytes"),
    };
    let message = format!("the exception{raised} is caught and answered by nothing: {then}");
    let span = tree.source.whole_line(step.place.line);
    let spot = Some(Spot::of(&step.place.file, span));
    Finding::new(Mistake::ExceptionSwallowed, message, spot, at)
}

fn answer(case: &Case<'_>) -> Option<Answer> {
    let moment = case.exchange().now();
    let method = &moment.request.as_ref()?.method;
    let (mut bytes, mut blocks, mut ok, mut ended) = (0, 0, false, true);
    for (at, kind) in case.run.kinds() {
        match kind {
            EventKind::RuleBroken(broken) if broken.rule == Mistake::BodyIsNone.slug() => {
                return Some(Answer::None(at));
            }
            EventKind::StartResponse(started) => ok = started.status.starts_with("200"),
            EventKind::Block {
                source: BlockSource::Write | BlockSource::Iterable,
                bytes: block,
                ..
            } => {
                bytes += block.length;
                blocks += 1;
            }
            EventKind::Raised(_)
            | EventKind::TimedOut(_)
            | EventKind::WorkerDied { .. }
            | EventKind::ClientGone
            | EventKind::Superseded
            | EventKind::Interrupted
            | EventKind::NotRecorded { .. } => ended = false,
            _ => {}
        }
    }
    if !ok || !ended || method == "HEAD" {
        return None;
    }
    Some(match bytes {
        0 => Answer::Empty,
        _ if blocks > 0 => Answer::Cut(bytes),
        _ => return None,
    })
}

/// Whether an answer is as it is because of this `except`.
fn hides<'a>(
    case: &Case<'a>,
    tree: &Tree<'a>,
    node: &Node<'a>,
    handler: &'a ExceptHandler,
    answer: &Answer,
) -> bool {
    let ExceptHandler::ExceptHandler(inside) = handler;
    if !inside.body.iter().all(says_nothing) {
        return false;
    }
    let Some((outer, tried)) = tree.around(node).find_map(|it| match it.stmt() {
        Some(Stmt::Try(tried)) => Some((it, tried)),
        _ => None,
    }) else {
        return false;
    };
    let in_body = |other: &Node<'_>| {
        tried
            .body
            .iter()
            .any(|it| it.range().contains_range(other.range()))
    };
    match answer {
        Answer::None(at) => {
            let last = case.run.line_before(*at);
            last.is_some_and(|step| {
                node.covers(step.place.line)
                    && case
                        .tree(&step.place.file)
                        .is_some_and(|it| std::ptr::eq(it.source, tree.source))
            })
        }
        Answer::Empty => {
            returns_empty(handler) || {
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
            let file = case.files().iter().find(|file| {
                let other = case.tree(file);
                other.is_some_and(|it| std::ptr::eq(it.source, tree.source))
            });
            let of_body = file.zip(function);
            silent
                && yielded
                && (leaves || !loops)
                && of_body.is_some_and(|(file, function)| case.gave_body(file, function))
        }
    }
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

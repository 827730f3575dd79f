//! What goes wrong inside of generators and iterators: an exception that is theirs is caught, or
//! one gets out of them that is not, or an end that never comes.

use ruff_python_ast::{ExceptHandler, Expr, Stmt};
use ruff_text_size::Ranged as _;

use super::Finding;
use super::thrown::Thrown;
use crate::diagnosis::Mistake;
use crate::diagnosis::Spot;
use crate::diagnosis::case::Case;
use crate::diagnosis::fix::rewritten;
use crate::diagnosis::source::{
    Node, Tree, What, argument, call, call_of, environ_key, holds, last_name, literal, name,
};
use crate::exchange::{Blame, EventKind, RaisedIn};

/// Lines before an exception that are looked through for what raised it.
const MAX_STEPS: usize = 200;

pub fn find(case: &Case<'_>) -> Vec<Finding> {
    let found = [exit_caught(case), sentinel(case)];
    found.into_iter().flatten().collect()
}

/// A generator that was closed, caught that, and went on.
fn exit_caught(case: &Case<'_>) -> Option<Finding> {
    let at = case.run.kinds().find_map(|(at, kind)| match kind {
        EventKind::Raised(raised)
            if raised.r#in == RaisedIn::Close
                && raised.message.contains("ignored GeneratorExit") =>
        {
            Some(at)
        }
        _ => None,
    })?;
    let spot = handler_that_ran(case, at).or_else(|| handler_around_the_yield(case, at));
    let message = "close() raised GeneratorExit at the yield; it was caught, and the generator went on: \
                   RuntimeError: generator ignored GeneratorExit";
    let finding = Finding::new(Mistake::GeneratorExitCaught, message, spot.clone(), at);
    let edit = spot.and_then(|spot| {
        rewritten(case.source(&spot.file)?, &spot, |code| {
            if code.starts_with("except:") {
                return Some(code.replacen("except:", "except Exception:", 1));
            }
            let whole = code.starts_with("except BaseException");
            whole.then(|| code.replacen("BaseException", "Exception", 1))
        })
    });
    Some(finding.with_edit(edit))
}

/// The `except` that ran last and catches `GeneratorExit`, since the last block.
fn handler_that_ran(case: &Case<'_>, at: usize) -> Option<Spot> {
    let ends = |kind: &EventKind| matches!(kind, EventKind::Block { .. });
    let begin = case.run.events()[..at]
        .iter()
        .rposition(|event| ends(&event.kind))
        .unwrap_or_default();
    let mut steps = case.run.steps_in(begin..at).iter().rev();
    steps.find_map(|(_, step)| {
        let tree = case.tree(&step.place.file)?;
        let (node, handler) = handler_at(&tree, step.place.line)?;
        catches_exit(handler).then(|| head_of(case, &step.place.file, &node))?
    })
}

/// The `except` around the `yield` at which the generator waited.
fn handler_around_the_yield(case: &Case<'_>, at: usize) -> Option<Spot> {
    let place: &Blame =
        case.run.events()[..at]
            .iter()
            .rev()
            .find_map(|event| match &event.kind {
                EventKind::Suspended(place) => Some(place),
                _ => None,
            })?;
    let tree = case.tree(&place.file)?;
    let waits = tree.stmt_at(place.line)?;
    tree.around(waits).find_map(|outer| {
        let Some(Stmt::Try(it)) = outer.stmt() else {
            return None;
        };
        let handler = it.handlers.iter().find(|it| catches_exit(it))?;
        let source = case.source(&place.file)?;
        let line = source.line_of(handler.start());
        holds(&it.body, waits).then(|| Spot::of(&place.file, source.whole_line(line)))
    })
}

fn head_of(case: &Case<'_>, file: &str, node: &Node<'_>) -> Option<Spot> {
    let source = case.source(file)?;
    Some(Spot::of(file, source.whole_line(node.line)))
}

/// The `except` that begins on a line.
pub fn handler_at<'a>(tree: &Tree<'a>, line: u32) -> Option<(Node<'a>, &'a ExceptHandler)> {
    let mut here = tree.at_all(tree.index.beginning_on(line));
    here.find_map(|node| match node.what {
        What::Handler(handler) => Some((*node, handler)),
        _ => None,
    })
}

fn catches_exit(handler: &ExceptHandler) -> bool {
    catches(handler, &["BaseException", "GeneratorExit"])
}

/// Whether an `except` catches everything, or one of these by its name.
pub fn catches(handler: &ExceptHandler, names: &[&str]) -> bool {
    let ExceptHandler::ExceptHandler(handler) = handler;
    let is_one = |expr: &Expr| last_name(expr).is_some_and(|it| names.contains(&it));
    match handler.type_.as_deref() {
        None => true,
        Some(Expr::Tuple(types)) => types.elts.iter().any(is_one),
        Some(of) => is_one(of),
    }
}

/// `next()` at the end of an iterator, inside of a generator.
pub fn thrown(thrown: &Thrown<'_, '_>) -> Option<Finding> {
    let stops = thrown.is(&["RuntimeError"]) && thrown.says("generator raised StopIteration");
    if !stops {
        return None;
    }
    let case = thrown.case;
    let before = case.run.steps_in(0..thrown.at).iter().rev();
    let place = before.take(MAX_STEPS).find_map(|(_, step)| {
        let tree = case.tree(&step.place.file)?;
        let stops = |node: &&Node<'_>| match (node.stmt(), node.expr()) {
            (Some(Stmt::Raise(it)), _) => {
                let of = it.exc.as_deref();
                let of = of.map(|it| call(it).map_or(it, |(call, _)| &*call.func));
                of.and_then(last_name) == Some("StopIteration")
            }
            (_, Some(expr)) => is_bare_next(expr),
            _ => false,
        };
        let begins = tree.at_all(tree.index.beginning_on(step.place.line));
        let inside = tree.exprs_at(step.place.line).map(|(node, _)| node);
        let node = begins.chain(inside).find(stops)?;
        let file = &step.place.file;
        Some((
            Spot::of(file, tree.span(node)),
            tree.source.code(&node.range()).to_owned(),
        ))
    })?;
    let (spot, code) = place;
    let code = code.lines().next().unwrap_or_default();
    let message = format!(
        "{code} found nothing more: inside a generator its StopIteration becomes a RuntimeError"
    );
    Some(thrown.finding_with(Mistake::StopIterationRaised, message, Some(spot)))
}

/// `next(iterator)`, without a default.
fn is_bare_next(expr: &Expr) -> bool {
    let Some((call, called)) = call(expr) else {
        return false;
    };
    match called {
        "next" => call.func.is_name_expr() && call.arguments.args.len() == 1,
        "__next__" => true,
        _ => false,
    }
}

/// `iter(function, '')` where the function gives bytes.
fn sentinel(case: &Case<'_>) -> Option<Finding> {
    case.trees().find_map(|(file, tree)| {
        tree.calls("iter").find_map(|node| {
            let call = call_of(node.expr()?, "iter")?;
            let asked = argument(call, 0)?;
            let end = argument(call, 1).filter(|it| literal(it) == Some(""))?;
            if !case.ran(file, &tree, node) {
                return None;
            }
            if !gives_bytes(case, &tree, asked) && !reads_bytes(&tree, asked) {
                return None;
            }
            let message =
                "iter() waits for '', and the end of bytes is b'', a different value: it never ends";
            let spot = Spot::of(file, tree.span(node));
            let at = case.run.events().len();
            let finding = Finding::new(Mistake::IterSentinelStr, message, Some(spot), at);
            let spot = Spot::of(file, tree.source.span(end.range()));
            let edit = rewritten(tree.source, &spot, |code| Some(format!("b{code}")));
            Some(finding.with_edit(edit))
        })
    })
}

/// Whether a function of the project's was seen to give b'': a variable that it returns had this
/// value.
fn gives_bytes(case: &Case<'_>, tree: &Tree<'_>, asked: &Expr) -> bool {
    let Some(called) = name(asked) else {
        return false;
    };
    let returned = tree.functions(called).flat_map(|it| tree.returned_by(it));
    let returned: Vec<&str> = returned.filter_map(|it| name(it)).collect();
    let steps = case.run.steps().iter();
    let steps = steps.filter(|(_, step)| step.function == called);
    let mut locals = steps.flat_map(|(_, step)| &step.locals);
    locals.any(|(variable, value)| {
        value.as_deref() == Some("b''") && returned.contains(&variable.as_str())
    })
}

/// Whether the function that is called for each item reads bytes, and nothing that makes text of
/// them.
fn reads_bytes(tree: &Tree<'_>, asked: &Expr) -> bool {
    let (mut bytes, mut text) = (false, false);
    for part in tree.all_makings_of(asked) {
        if environ_key(part).is_some_and(|it| it.key == "wsgi.input") {
            bytes = true;
        }
        let Some((made, called)) = call(part) else {
            continue;
        };
        match called {
            "BytesIO" => bytes = true,
            "open" => {
                let keywords = made.arguments.keywords.iter().map(|it| &it.value);
                let mut modes = made.arguments.args.iter().skip(1).chain(keywords);
                let in_bytes = modes.any(|it| literal(it).is_some_and(|it| it.contains('b')));
                bytes |= in_bytes;
                text |= !in_bytes;
            }
            "TextIOWrapper" | "StringIO" | "decode" | "str" | "getreader" | "makefile"
            | "read_text" | "fdopen" => text = true,
            _ => {}
        }
    }
    bytes && !text
}

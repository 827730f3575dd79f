//! Reading `wsgi.input` (PEP 3333, Input and Error Streams).

use ruff_python_ast::Expr;

use super::Finding;
use super::breach::call_at;
use super::middleware::is_application_call;
use crate::diagnosis::Mistake;
use crate::diagnosis::Spot;
use crate::diagnosis::case::Case;
use crate::diagnosis::source::{Node, call, environ_key, is_application};
use crate::exchange::{Blame, By, EventKind, header};

/// One read of the application's own.
pub struct Read<'a> {
    pub at: usize,
    /// As the application wrote it: `read(10)`.
    pub call: &'a str,
    pub method: &'a str,
    /// How many bytes were asked for; nothing: all there are.
    asked: Option<u64>,
    pub got: u64,
    /// Bytes that were left before.
    left: u64,
    pub by: &'a By,
}

pub fn find(case: &Case<'_>) -> Vec<Finding> {
    let moment = case.exchange().now();
    let Some(request) = &moment.request else {
        return Vec::new();
    };
    let total = request.body.length;
    let chunked = header(&request.headers, "transfer-encoding").is_some();
    let reads = reads(case, total);
    if reads.is_empty() {
        return Vec::new();
    }
    // An application that asks whether the input ends may read to its end.
    let careful = case.mentions("wsgi.input_terminated");
    let mut found = Vec::new();
    for (place, read) in reads.iter().enumerate() {
        let Some(blame) = &read.by.blame else {
            found.extend(eaten(case, &reads[..place], read, total));
            continue;
        };
        if let Some(finding) = again(case, &reads[..place], read, total, blame) {
            found.push(finding);
        } else if careful || is_of_a_library(case) {
            continue;
        } else if read.asked.is_none()
            && (matches!(read.method, "read" | "readlines") || loops_to_the_end(case, read, blame))
        {
            let message = format!(
                "{} reads until the client closes the connection; a server may wait for ever",
                read.call
            );
            let spot = Some(spot(case, blame, read.method));
            found.push(Finding::new(Mistake::InputReadAll, message, spot, read.at));
        } else if read.method == "read" && read.asked.is_some_and(|asked| asked > read.left) {
            let message = format!(
                "{} asks for more than the {} bytes that were left; a server may wait for them",
                read.call, read.left
            );
            let spot = Some(spot(case, blame, read.method));
            found.push(Finding::new(
                Mistake::InputReadTooMuch,
                message,
                spot,
                read.at,
            ));
        }
        if chunked && !careful && total > 0 && read.asked.is_some() {
            found.extend(by_length(case, read.at));
        }
    }
    found
}

/// Whether what is read comes from a library, as Flask's `request.stream` does: it ends on every
/// server, whatever the library makes it of. Then no file of the project names `wsgi.input`.
fn is_of_a_library(case: &Case<'_>) -> bool {
    !case.mentions("wsgi.input")
}

/// Whether the lines of the input are looped over, up to the empty one after the last.
fn loops_to_the_end(case: &Case<'_>, read: &Read<'_>, blame: &Blame) -> bool {
    let loops = || {
        let tree = case.tree(&blame.file)?;
        let asks = tree
            .exprs_at(blame.line)
            .any(|(_, expr)| call(expr).is_some_and(|(_, called)| called == "readline"));
        Some(!asks)
    };
    read.method == "readline" && read.got == 0 && loops().unwrap_or(false)
}

/// The reads of a body of this many bytes, in order.
pub fn reads<'a>(case: &Case<'a>, total: u64) -> Vec<Read<'a>> {
    let mut consumed = 0;
    let mut reads = Vec::new();
    for (at, kind) in case.run.kinds() {
        let EventKind::InputRead { call, got, by } = kind else {
            continue;
        };
        let (method, argument) = call.split_once('(').unwrap_or((call, ""));
        reads.push(Read {
            at,
            call,
            method,
            asked: argument.trim_end_matches(')').parse().ok(),
            got: *got,
            left: total.saturating_sub(consumed),
            by,
        });
        consumed += got;
    }
    reads
}

fn spot(case: &Case<'_>, blame: &Blame, method: &str) -> Spot {
    let Some(tree) = case.tree(&blame.file) else {
        return case.line(blame);
    };
    match call_at(&tree, blame.line, method) {
        Some((node, _)) => Spot::of(&blame.file, tree.span(&node)),
        // A loop over the input calls nothing that one can see.
        None => case.line(blame),
    }
}

/// Nothing was left, because somebody had read it all before.
fn again(
    case: &Case<'_>,
    before: &[Read<'_>],
    read: &Read<'_>,
    total: u64,
    blame: &Blame,
) -> Option<Finding> {
    // Whoever reads in pieces is told the end by an empty one.
    let whole = |read: &Read<'_>| read.asked.is_none_or(|asked| asked == total);
    if total == 0 || read.left > 0 || read.got > 0 || !whole(read) {
        return None;
    }
    if let Some(finding) = eaten(case, before, read, total) {
        return Some(finding);
    }
    let first = before.iter().rev().find(|read| read.got > 0)?;
    let reader = first.by.blame.as_ref()?;
    // Lines are read until an empty one comes.
    if read.method == "readline" || first.method == "readline" && reader == blame {
        return None;
    }
    let message = format!(
        "{} gave nothing: the body's {total} bytes had already been read, at {reader}",
        read.call
    );
    let spot = Some(spot(case, blame, read.method));
    Some(Finding::new(
        Mistake::InputReadTwice,
        message,
        spot,
        read.at,
    ))
}

/// A body that middleware has read whole, so that the application inside it, or its framework, gets
/// nothing.
fn eaten(case: &Case<'_>, before: &[Read<'_>], read: &Read<'_>, total: u64) -> Option<Finding> {
    // Whoever asks for nothing was told that there is nothing.
    if total == 0 || read.left > 0 || read.got > 0 || read.asked == Some(0) {
        return None;
    }
    let readers = before.iter().filter(|read| read.got > 0);
    let (mut first, mut middleware) = (None, None);
    for reader in readers {
        // All of it was read by the same middleware.
        let here = Some(application(case, reader.by)?);
        if middleware.is_some() && middleware != here {
            return None;
        }
        (first, middleware) = (Some(reader), here);
    }
    let (first, middleware) = (first?, middleware?);
    let reader = first.by.blame.as_ref()?;
    let inner = application(case, read.by);
    let by_another = inner.is_some_and(|it| it != middleware);
    if !by_another && !handed_on(case, &middleware, first.at, read) {
        return None;
    }
    let message = format!(
        "the middleware read the body's {total} bytes, and the application inside it got nothing"
    );
    let spot = Some(spot(case, reader, first.method));
    Some(Finding::new(
        Mistake::MiddlewareEatsInput,
        message,
        spot,
        first.at,
    ))
}

/// Whether a read was made while a middleware was calling the application inside it. A library's
/// own read does not say who called it: the last line of the middleware's does.
fn handed_on(case: &Case<'_>, middleware: &(String, u32), after: usize, read: &Read<'_>) -> bool {
    let Some(tree) = case.tree(&middleware.0) else {
        return false;
    };
    let is_its = |place: &Blame| {
        let function = tree.function_at(place.line);
        place.file == middleware.0 && function.is_some_and(|it| it.line == middleware.1)
    };
    let calls = |place: &Blame| {
        tree.exprs_at(place.line)
            .any(|(_, expr)| is_application_call(expr))
    };
    let in_calls = read.by.calls.iter().find(|call| is_its(&call.place));
    if let Some(call) = in_calls {
        return calls(&call.place);
    }
    let steps = case.run.steps_in(after..read.at).iter().rev();
    let mut places = steps.map(|(_, step)| &step.place);
    places.find(|place| is_its(place)).is_some_and(calls)
}

/// The application or middleware a call belongs to, the innermost.
fn application(case: &Case<'_>, by: &By) -> Option<(String, u32)> {
    by.calls.iter().find_map(|call| {
        let tree = case.tree(&call.place.file)?;
        let function = tree.function_at(call.place.line)?;
        is_application(function.function()?).then(|| (call.place.file.clone(), function.line))
    })
}

/// A chunked body that is read by `CONTENT_LENGTH`, which other servers do not have then.
fn by_length(case: &Case<'_>, at: usize) -> Option<Finding> {
    case.trees().find_map(|(file, tree)| {
        let reads = |node: &&Node<'_>| {
            node.expr()
                .and_then(|it: &Expr| environ_key(it))
                .is_some_and(|it| it.key == "CONTENT_LENGTH")
        };
        let node = tree
            .nodes()
            .filter(reads)
            .find(|node| case.ran(file, &tree, node))?;
        let message = "the body came in chunks, and has a CONTENT_LENGTH because this server read it \
                       whole; others give none";
        let spot = Spot::of(file, tree.span(node));
        Some(Finding::new(Mistake::ChunkedInput, message, Some(spot), at))
    })
}

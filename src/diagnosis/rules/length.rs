//! Content-Length, and the body that came (PEP 3333, Handling the Content-Length Header).

use ruff_python_ast::Expr;

use super::Finding;
use super::head::has_no_body;
use crate::diagnosis::Mistake;
use crate::diagnosis::Spot;
use crate::diagnosis::case::Case;
use crate::diagnosis::source::{Node, argument, call_of, is_application, is_header, name};
use crate::exchange::{Blame, BlockSource, EventKind, Phase, Raised, StartResponse, header};

pub fn find(case: &Case<'_>) -> Vec<Finding> {
    check(case).into_iter().collect()
}

/// What was promised, and what came of it.
struct Lengths<'a> {
    at: usize,
    started: &'a StartResponse,
    promised: u64,
    /// Bytes the application gave, as far as it was asked for them.
    given: u64,
    /// The beginning of them.
    body: Vec<u8>,
}

fn check(case: &Case<'_>) -> Option<Finding> {
    let lengths = lengths(case)?;
    let Lengths {
        at,
        started,
        promised,
        given,
        ..
    } = lengths;
    if given == promised || given > promised && is_file_wrapper(case) {
        return None;
    }
    let only = if given > promised { "" } else { "only " };
    let message = format!("Content-Length is {promised}, and the body had {only}{given} bytes");
    if let Some(spot) = stale(case, started) {
        let message = format!("{message}: the middleware changed it and kept the old length");
        return Some(Finding::new(
            Mistake::MiddlewareStaleLength,
            message,
            Some(spot),
            at,
        ));
    }
    let spot = header_spot(case, started);
    if let Some(spot) = characters(case, &lengths) {
        let letters = String::from_utf8_lossy(&lengths.body).chars().count();
        let what = if letters as u64 == promised {
            format!("the text has {letters} characters, and its body {given} bytes")
        } else {
            message
        };
        return Some(Finding::new(
            Mistake::ContentLengthCharacters,
            what,
            Some(spot),
            at,
        ));
    }
    let (slug, message) = if given > promised {
        let message = format!("{message}: the rest was cut off");
        (Mistake::ContentLengthTooShort, message)
    } else {
        let message = format!("{message}: the client gets a body that ends too early");
        (Mistake::ContentLengthTooLong, message)
    };
    Some(Finding::new(slug, message, spot, at))
}

/// Whether the server was handed a file to send: it sends until Content-Length is reached (PEP
/// 3333, Optional Platform-Specific File Handling).
fn is_file_wrapper(case: &Case<'_>) -> bool {
    case.run.kinds().any(
        |(_, kind)| matches!(kind, EventKind::Returned { r#type, .. } if r#type == "FileWrapper"),
    ) && case.mentions("wsgi.file_wrapper")
}

fn lengths<'a>(case: &Case<'a>) -> Option<Lengths<'a>> {
    let moment = case.exchange().now();
    let is_head = moment
        .request
        .as_ref()
        .is_some_and(|it| it.method == "HEAD");
    let status = moment.status().unwrap_or_default();
    let has_body = !is_head && !has_no_body(status);
    let whole =
        moment.phase == Phase::Finished && !moment.client_gone && moment.ended_early.is_none();
    let fine = moment.error.as_deref().is_none_or(used_up) && moment.timed_out.is_none();
    if !(has_body && whole && fine) || moment.worker_died.is_some() || moment.error_page {
        return None;
    }
    let mut found = None;
    let (mut given, mut body) = (0, Vec::new());
    for (at, kind) in case.run.kinds() {
        match kind {
            EventKind::StartResponse(started) => found = Some((at, started)),
            EventKind::Block { source, bytes, .. } if *source != BlockSource::Gateway => {
                given += bytes.length;
                body.extend(&bytes.kept);
            }
            EventKind::NotRecorded { body, .. } if *body > 0 => return None,
            _ => {}
        }
    }
    let (at, started) = found?;
    let value = header(&started.headers, "content-length")?;
    Some(Lengths {
        at,
        started,
        promised: value.parse().ok()?,
        given,
        body,
    })
}

/// `write()` says so when Content-Length is used up.
pub fn used_up(raised: &Raised) -> bool {
    raised.r#type == "ConnectionAbortedError" && raised.message.starts_with("no more can be sent")
}

/// The call among those that were going on whose function has the header, and where it stands
/// there.
fn maker<'a>(case: &Case<'_>, started: &'a StartResponse) -> Option<(&'a Blame, Spot)> {
    let is_it = |expr: &Expr| is_header(expr, "Content-Length");
    started.by.calls.iter().find_map(|call| {
        let tree = case.tree(&call.place.file)?;
        let function = tree.function_at(call.place.line)?;
        let node = tree
            .inside(function)
            .find(|node| node.expr().is_some_and(is_it))?;
        Some((&call.place, Spot::of(&call.place.file, tree.span(node))))
    })
}

/// Where the header stands, or the call that gave it.
fn header_spot(case: &Case<'_>, started: &StartResponse) -> Option<Spot> {
    let found = maker(case, started).map(|(_, spot)| spot);
    found.or_else(|| super::head::call_spot(case, &started.by))
}

/// The `len()` of the text where that of its bytes was meant.
fn characters(case: &Case<'_>, lengths: &Lengths<'_>) -> Option<Spot> {
    let text = String::from_utf8_lossy(&lengths.body);
    let letters = text.chars().count() as u64;
    let complete = lengths.body.len() as u64 == lengths.given;
    let counted = complete && letters == lengths.promised && letters != lengths.given;
    let has_others = !text.is_ascii();
    if lengths.given <= lengths.promised || !has_others {
        return None;
    }
    let blame = lengths.started.by.blame.as_ref()?;
    let calls = lengths.started.by.calls.iter().map(|it| &it.place);
    let found = std::iter::once(blame).chain(calls).find_map(|place| {
        let tree = case.tree(&place.file)?;
        let counts_text = |node: &&Node<'_>| {
            let call = node.expr().and_then(|it| call_of(it, "len"));
            let counted = call.and_then(|it| argument(it, 0));
            counted.is_some_and(|it| is_text(&tree, it))
        };
        let node = tree
            .inside(tree.function_at(place.line)?)
            .find(counts_text)?;
        Some(Spot::of(&place.file, tree.span(node)))
    });
    match found {
        None if counted => header_spot(case, lengths.started),
        found => found,
    }
}

/// Whether an expression is seen to be text, or nothing is known of it.
fn is_text(tree: &crate::diagnosis::source::Tree<'_>, expr: &Expr) -> bool {
    let Some(node) = tree.node_of(expr) else {
        return false;
    };
    let origins = tree.origins(node);
    let encoded = |expr: &&Expr| {
        expr.is_bytes_literal_expr()
            || crate::diagnosis::source::call(expr)
                .is_some_and(|(_, called)| matches!(called, "encode" | "read" | "bytes"))
    };
    !origins.iter().any(encoded)
        && (name(expr).is_some()
            || expr.is_string_literal_expr()
            || expr.is_f_string_expr()
            || expr.is_attribute_expr())
}

/// The middleware that changed the body of an application inside it that had said its length.
fn stale(case: &Case<'_>, started: &StartResponse) -> Option<Spot> {
    let made = maker(case, started).map(|(place, _)| place);
    let maker = made.or(started.by.blame.as_ref())?;
    let inner = case.tree(&maker.file)?;
    let inner = inner.function_at(maker.line)?;
    if !is_application(inner.function()?) || started.by.calls.len() < 2 {
        return None;
    }
    let last = case.run.blocks().last();
    let made = last.and_then(|(at, _)| case.block(at));
    let made = made.or_else(|| case.returned())?;
    let function = made.tree.function_at(made.line)?;
    let other = function.at != inner.at || made.file != maker.file;
    other.then(|| made.spot())
}

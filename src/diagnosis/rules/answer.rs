//! Status and headers that do not fit the answer they belong to: a status that is no answer, an
//! address that nobody goes to, and types of content that the body does not have.

use ruff_python_ast::{Expr, Stmt};
use ruff_text_size::Ranged as _;

use super::Finding;
use super::breach::call_at;
use super::head::{call_spot, given, pair_spot, pair_that_ran};
use crate::diagnosis::Spot;
use crate::diagnosis::case::Case;
use crate::diagnosis::fix::rewritten;
use crate::diagnosis::source::{Node, Tree, argument, is_header, literal, method};
use crate::diagnosis::{Edit, Mistake};
use crate::exchange::{EventKind, StartResponse, header};

pub fn find(case: &Case<'_>) -> Vec<Finding> {
    let Some((at, started)) = case.run.last_start() else {
        return Vec::new();
    };
    // What a framework makes is its own business.
    if started.by.blame.is_none() || case.exchange().now().error_page {
        return Vec::new();
    }
    let found = [
        interim(case, started, at),
        location(case, started, at),
        type_twice(case, started, at),
        type_of_file(case, started, at),
    ];
    found.into_iter().flatten().collect()
}

/// A status that announces an answer (RFC 9110, section 15.2), where nothing can follow it.
fn interim(case: &Case<'_>, started: &StartResponse, at: usize) -> Option<Finding> {
    if !started.status.starts_with('1') {
        return None;
    }
    let message = format!(
        "{} announces a further response, and none can follow: the client keeps waiting",
        started.status
    );
    let Some(spot) = literal_status(case, started) else {
        let spot = call_spot(case, &started.by);
        return Some(Finding::new(Mistake::StatusInterim, message, spot, at));
    };
    let tree = case.tree(&spot.file)?;
    let edit = rewritten(tree.source, &spot, |code| {
        Some(code.replace(&started.status, "200 OK"))
    });
    let finding = Finding::new(Mistake::StatusInterim, message, Some(spot), at);
    Some(finding.with_edit(edit))
}

/// The status as a literal of the innermost call that has it; a middleware may put its own in the
/// place of the application's.
fn literal_status(case: &Case<'_>, started: &StartResponse) -> Option<Spot> {
    let calls = started.by.calls.iter().map(|call| &call.place);
    calls.chain(&started.by.blame).find_map(|place| {
        let tree = case.tree(&place.file)?;
        let (_, call) = call_at(&tree, place.line, "start")?;
        let status = argument(call, 0)?;
        let is_it = literal(status)? == started.status;
        is_it.then(|| Spot::of(&place.file, tree.source.span(status.range())))
    })
}

/// An address to go to, with a status that sends nobody there and nothing to see instead.
fn location(case: &Case<'_>, started: &StartResponse, at: usize) -> Option<Finding> {
    let address = header(&started.headers, "location")?;
    let request = case.exchange().now().request.as_ref()?;
    let is_of_browser = matches!(request.method.as_str(), "GET" | "POST");
    let is_whole = case.run.kinds().all(|(_, kind)| {
        !matches!(
            kind,
            EventKind::Raised(_)
                | EventKind::ClientGone
                | EventKind::Superseded
                | EventKind::Interrupted { .. }
        )
    });
    let is_empty = || case.run.answered().bytes == 0;
    if !started.status.starts_with("200") || !is_of_browser || !is_whole || !is_empty() {
        return None;
    }
    let message = format!(
        "a browser goes to {address} only with a status of 3xx; with {} it shows an empty page",
        started.status
    );
    let spot = pair_that_ran(case, "location").or_else(|| pair_spot(case, started, "location"));
    let finding = Finding::new(Mistake::LocationWithoutRedirect, message, spot, at);
    let status = if request.method == "POST" {
        "303 See Other"
    } else {
        "302 Found"
    };
    Some(finding.with_edit(with_status(case, started, status)))
}

/// The call of `start_response` with another status, where it has a literal one.
fn with_status(case: &Case<'_>, started: &StartResponse, status: &str) -> Option<Edit> {
    let blame = started.by.blame.as_ref()?;
    let tree = case.tree(&blame.file)?;
    let (_, call) = call_at(&tree, blame.line, "start")?;
    let old = argument(call, 0)?;
    if literal(old)? != started.status {
        return None;
    }
    let spot = Spot::of(&blame.file, tree.source.span(old.range()));
    rewritten(tree.source, &spot, |code| {
        Some(code.replace(&started.status, status))
    })
}

fn type_twice(case: &Case<'_>, started: &StartResponse, at: usize) -> Option<Finding> {
    let headers = started.headers.iter();
    let types = headers.filter(|(name, _)| name.eq_ignore_ascii_case("content-type"));
    let types: Vec<&str> = types.map(|(_, value)| value.as_str()).collect();
    let [first, second, ..] = types[..] else {
        return None;
    };
    let message = format!("the answer has two types: {first} and {second}");
    let spot = added_at(case).or_else(|| call_spot(case, &started.by));
    Some(Finding::new(Mistake::ContentTypeTwice, message, spot, at))
}

/// Where a type is added to headers that have one, on the last line of these that ran.
fn added_at(case: &Case<'_>) -> Option<Spot> {
    case.trees().find_map(|(file, tree)| {
        let ran = case.ran_nodes(file, &tree);
        let adds = |node: &&Node<'_>| node.expr().is_some_and(|it| adds_type(&tree, node, it));
        let node = ran.iter().rfind(adds)?;
        Some(Spot::of(file, tree.span(node)))
    })
}

fn adds_type(tree: &Tree<'_>, node: &Node<'_>, expr: &Expr) -> bool {
    if let Some((_, "add_header", call)) = method(expr) {
        let named = argument(call, 0).and_then(literal);
        return named.is_some_and(|it| it.eq_ignore_ascii_case("content-type"));
    }
    if !is_header(expr, "content-type") {
        return false;
    }
    let Some(parent) = tree.parent(node) else {
        return false;
    };
    match (parent.expr(), parent.stmt()) {
        (Some(Expr::List(list)), _) => {
            // The second of one list.
            let pairs = list.elts.iter();
            let mut pairs = pairs.filter(|it| is_header(it, "content-type"));
            let is_first = pairs.next().is_some_and(|first| std::ptr::eq(first, expr));
            let is_added = || {
                tree.at(parent.statement)
                    .is_some_and(|it| matches!(it.stmt(), Some(Stmt::AugAssign(_))))
            };
            !is_first || is_added()
        }
        (Some(outer), _) => {
            matches!(method(outer), Some((_, "append" | "insert", _)))
        }
        _ => false,
    }
}

/// A style sheet, a script, data or a picture that is said to be HTML.
fn type_of_file(case: &Case<'_>, started: &StartResponse, at: usize) -> Option<Finding> {
    let kind = header(&started.headers, "content-type")?;
    let request = case.exchange().now().request.as_ref()?;
    let path = request.target.split('?').next()?.to_ascii_lowercase();
    let (_, ending) = path.rsplit('/').next()?.rsplit_once('.')?;
    let is_other = started.status.starts_with("200")
        && kind.to_ascii_lowercase().starts_with("text/html")
        && header(&started.headers, "content-encoding").is_none();
    if !is_other || !is_of_type(ending, &given(case)?.1) {
        return None;
    }
    let message = format!(
        "{} is sent as {kind}, and a browser relies on that",
        request.target
    );
    let spot =
        pair_that_ran(case, "content-type").or_else(|| pair_spot(case, started, "content-type"));
    Some(Finding::new(Mistake::ContentTypeOfFile, message, spot, at))
}

/// Whether a body is what the ending of an address says, and cannot be a page.
fn is_of_type(ending: &str, body: &[u8]) -> bool {
    let begins = |with: &[u8]| body.starts_with(with);
    match ending {
        "png" => begins(b"\x89PNG"),
        "gif" => begins(b"GIF8"),
        "jpg" | "jpeg" => begins(b"\xff\xd8\xff"),
        "webp" => begins(b"RIFF"),
        "ico" => begins(b"\0\0\x01\0") || begins(b"\x89PNG"),
        "pdf" => begins(b"%PDF"),
        "woff" => begins(b"wOFF"),
        "woff2" => begins(b"wOF2"),
        "svg" => {
            let text = beginning(body);
            text.starts_with("<svg") || text.starts_with("<?xml") && text.contains("<svg")
        }
        "json" => beginning(body).starts_with(['{', '[']),
        "css" => {
            let text = beginning(body);
            !text.starts_with('<') && ["{", ":", "}"].iter().all(|it| text.contains(it))
        }
        "js" | "mjs" => {
            let text = beginning(body);
            !text.starts_with('<')
                && text.contains([';', '{', '('])
                && OF_SCRIPTS.iter().any(|it| text.contains(it))
        }
        _ => false,
    }
}

/// What scripts hold and sentences do not.
const OF_SCRIPTS: &[&str] = &[
    "document.",
    "window.",
    "console.",
    "function(",
    "=>",
    "const ",
    "var ",
    "alert(",
    "export ",
];

fn beginning(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(&body[..body.len().min(4096)]);
    text.trim_start_matches('\u{feff}')
        .trim_start()
        .to_ascii_lowercase()
}

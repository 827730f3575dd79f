//! Status and headers that are legal and still wrong, and bodies where there can be none.

use ruff_python_ast::{CmpOp, Expr};

use super::Finding;
use super::breach::call_at;
use crate::diagnosis::Mistake;
use crate::diagnosis::Spot;
use crate::diagnosis::case::{Case, Made};
use crate::diagnosis::source::{Node, Tree, is_application, is_header, literal};
use crate::exchange::{BlockSource, By, EventKind, StartResponse, header};

pub fn find(case: &Case<'_>) -> Vec<Finding> {
    let Some((at, started)) = case.run.last_start() else {
        return Vec::new();
    };
    let mut found = vec![
        underscored(case, started, at),
        header_status(case, started, at),
    ];
    if let Some((first, body)) = given(case) {
        found.push(content_type(case, started, &body, at));
        found.push(body_without_room(case, started, body.len(), first));
    }
    found.into_iter().flatten().collect()
}

/// The call of `start_response`.
pub fn call_spot(case: &Case<'_>, by: &By) -> Option<Spot> {
    let blame = by.blame.as_ref()?;
    let Some(tree) = case.tree(&blame.file) else {
        return Some(case.line(blame));
    };
    let (node, _) = call_at(&tree, blame.line, "start")?;
    Some(Spot::of(&blame.file, tree.span(&node)))
}

/// The tuple of a header in the function that made the headers, or the call.
pub fn pair_spot(case: &Case<'_>, started: &StartResponse, name: &str) -> Option<Spot> {
    let blame = started.by.blame.as_ref()?;
    let tree = case.tree(&blame.file)?;
    let is_it = |node: &&Node<'_>| node.expr().is_some_and(|it| is_header(it, name));
    let function = tree.function_at(blame.line);
    let found = function.and_then(|it| tree.inside(it).find(is_it));
    match found.or_else(|| tree.nodes().find(is_it)) {
        Some(node) => Some(Spot::of(&blame.file, tree.span(node))),
        None => call_spot(case, &started.by),
    }
}

/// The tuple of a header on a line that ran, the last one.
pub fn pair_that_ran(case: &Case<'_>, name: &str) -> Option<Spot> {
    case.trees().find_map(|(file, tree)| {
        let ran = case.ran_nodes(file, &tree);
        let pair = ran
            .iter()
            .rfind(|node| node.expr().is_some_and(|it| is_header(it, name)))?;
        Some(Spot::of(file, tree.span(pair)))
    })
}

fn header_status(case: &Case<'_>, started: &StartResponse, at: usize) -> Option<Finding> {
    let value = header(&started.headers, "status")?;
    let message = format!(
        "a header Status: {value} changes nothing: the status is {}",
        started.status
    );
    let spot = pair_spot(case, started, "status");
    Some(Finding::new(Mistake::HeaderStatus, message, spot, at))
}

/// Headers of answers that are written with a dash.
const WITH_DASH: &[&str] = &[
    "cache-control",
    "content-type",
    "content-length",
    "content-language",
    "content-encoding",
    "content-disposition",
    "content-security-policy",
    "set-cookie",
    "last-modified",
    "retry-after",
    "www-authenticate",
    "x-frame-options",
    "x-content-type-options",
    "strict-transport-security",
    "access-control-allow-origin",
    "access-control-allow-methods",
    "access-control-allow-headers",
    "referrer-policy",
    "permissions-policy",
    "accept-ranges",
    "content-range",
];

/// A name with an underscore is legal, and no browser knows it.
fn underscored(case: &Case<'_>, started: &StartResponse, at: usize) -> Option<Finding> {
    let (name, right) = started.headers.iter().find_map(|(name, _)| {
        let right = name.replace('_', "-");
        let known = name.contains('_') && WITH_DASH.contains(&right.to_ascii_lowercase().as_str());
        known.then_some((name, right))
    })?;
    let message = format!("the header is called {right}; no client knows {name}");
    let spot = pair_spot(case, started, name);
    Some(Finding::new(
        Mistake::HeaderNameMalformed,
        message,
        spot,
        at,
    ))
}

/// Whether a status has no body (RFC 9110, 15.2, 15.3.5 and 15.4.5).
pub fn has_no_body(status: &str) -> bool {
    status.starts_with('1') || status.starts_with("204") || status.starts_with("304")
}

/// The blocks of the application's that hold something: the place of the first, and their bytes.
pub fn given(case: &Case<'_>) -> Option<(usize, Vec<u8>)> {
    let (mut first, mut bytes) = (None, Vec::new());
    for (at, kind) in case.run.kinds() {
        if let EventKind::Block {
            source: BlockSource::Write | BlockSource::Iterable,
            bytes: block,
            ..
        } = kind
            && block.length > 0
        {
            first = first.or(Some(at));
            bytes.extend(&block.kept);
        }
    }
    Some((first?, bytes))
}

fn content_type(
    case: &Case<'_>,
    started: &StartResponse,
    body: &[u8],
    at: usize,
) -> Option<Finding> {
    let moment = case.exchange().now();
    // What a framework makes is its own business.
    started.by.blame.as_ref()?;
    if has_no_body(&started.status) || moment.error_page {
        return None;
    }
    let Some(kind) = header(&started.headers, "content-type") else {
        let message =
            "the answer has a body but no Content-Type: a browser has to guess what it is";
        let spot = call_spot(case, &started.by);
        return Some(Finding::new(Mistake::ContentTypeMissing, message, spot, at));
    };
    let kind = kind.to_ascii_lowercase();
    let guessed = ["text/plain", "text/html", "text/csv"];
    if !guessed.iter().any(|it| kind.starts_with(it))
        || kind.contains("charset")
        || header(&started.headers, "content-encoding").is_some()
        || body.is_ascii()
        || says_its_charset(&kind, body)
    {
        return None;
    }
    let message =
        format!("Content-Type {kind} names no charset, and the body has characters outside ASCII");
    let spot = pair_spot(case, started, "content-type");
    Some(Finding::new(
        Mistake::ContentTypeNoCharset,
        message,
        spot,
        at,
    ))
}

/// Whether a body says itself which encoding it has.
fn says_its_charset(kind: &str, body: &[u8]) -> bool {
    /// Characters in which browsers look for a `<meta charset>`. Each has 4 bytes at most.
    const BEGINNING: usize = 1024;
    let beginning = String::from_utf8_lossy(&body[..body.len().min(4 * BEGINNING)]);
    let beginning: String = beginning.chars().take(BEGINNING).collect();
    let beginning = beginning.to_ascii_lowercase();
    let in_html = kind.starts_with("text/html") && beginning.contains("charset");
    // A byte order mark says what it is, and other formats have an encoding of their own unless
    // they say so.
    in_html || body.starts_with(b"\xef\xbb\xbf") || beginning.starts_with("<?xml")
}

/// A body of so many bytes, where there can be none. `at` is the place of its first block.
fn body_without_room(
    case: &Case<'_>,
    started: &StartResponse,
    length: usize,
    at: usize,
) -> Option<Finding> {
    let spot = |responsible: &dyn Fn(&Made<'_>) -> bool| {
        if let Some(made) = case.block(at) {
            return Some(made.spot());
        }
        let mut ways = case.ways_of_returned();
        let place = ways.iter().position(responsible).map(|place| {
            // Its helpers answer for it; an application inside it does not know.
            let inner = ways[place + 1..]
                .iter()
                .take_while(|made| !in_application(made));
            place + inner.count()
        });
        let made = place
            .map(|place| ways.swap_remove(place))
            .or_else(|| case.returned())?;
        Some(made.spot())
    };
    let request = case.exchange().now().request.as_ref()?;
    if has_no_body(&started.status) {
        let message = format!(
            "the status is {}, which has no body, but the application gave {length} bytes",
            started.status
        );
        // Whoever made this status is to see to it that there is no body.
        let made_status = |made: &Made<'_>| {
            let blame = started.by.blame.as_ref();
            let function = made.tree.function_at(made.line);
            blame.zip(function).is_some_and(|(blame, function)| {
                blame.file == made.file && function.covers(blame.line)
            })
        };
        let spot = spot(&made_status);
        return Some(Finding::new(Mistake::BodyOnNoBodyStatus, message, spot, at));
    }
    // An application that does not care about HEAD leaves it to the server, as it may.
    if request.method == "HEAD" && handles_head(case, at) {
        let message = format!(
            "the application answers HEAD with a body of {length} bytes; it must have none"
        );
        let handles = |made: &Made<'_>| {
            let function = made.tree.function_at(made.line);
            function.is_some_and(|it| {
                let mut inside = made.tree.inside(it);
                inside.any(|node| {
                    asks_head(&made.tree, node) && case.ran(made.file, &made.tree, node)
                })
            })
        };
        return Some(Finding::new(
            Mistake::BodyOnHead,
            message,
            spot(&handles),
            at,
        ));
    }
    None
}

/// Whether a value was made by an application itself.
fn in_application(made: &Made<'_>) -> bool {
    let function = made.tree.function_at(made.line).and_then(Node::function);
    function.is_some_and(is_application)
}

/// Whether one of the functions that gave the body asked whether the method is HEAD.
fn handles_head(case: &Case<'_>, first: usize) -> bool {
    let mut ways = case.ways_of_returned();
    ways.extend(case.block(first));
    ways.iter().any(|made| {
        let around = match made.tree.function_at(made.line) {
            // A method may answer in another one's place.
            Some(function) => made.tree.class_around(function).unwrap_or(function),
            None => return false,
        };
        let mut inside = made.tree.inside(around);
        inside.any(|node| asks_head(&made.tree, node) && case.ran(made.file, &made.tree, node))
    })
}

/// Whether a node is the text 'HEAD' in a comparison with it alone. Whoever lets HEAD through
/// together with GET leaves it to the server.
fn asks_head(tree: &Tree<'_>, node: &Node<'_>) -> bool {
    let mut around = tree.around(node);
    if node.expr().and_then(literal) != Some("HEAD") {
        return false;
    }
    let Some(Expr::Compare(compare)) = around.next().and_then(Node::expr) else {
        return false;
    };
    let is_equal = matches!(compare.ops.first(), Some(CmpOp::Eq | CmpOp::NotEq));
    let with_others = matches!(around.next().and_then(Node::expr), Some(Expr::BoolOp(_)));
    is_equal && !with_others
}

//! Exceptions: those with an explanation of their own, and all others.

use std::rc::Rc;

use ruff_python_ast::{Expr, Operator, Stmt};
use ruff_text_size::Ranged as _;

use super::{Finding, body_size, environ, form, length, load, middleware, path};
use crate::diagnosis::case::{Case, Spot};
use crate::diagnosis::source::{Node, Tree, method, parameters};
use crate::exchange::{EventKind, Raised, RaisedIn};

/// Methods of bytes that take bytes.
const BYTES_METHODS: &[&str] = &[
    "split",
    "rsplit",
    "partition",
    "rpartition",
    "replace",
    "find",
    "rfind",
    "index",
    "count",
    "startswith",
    "endswith",
    "strip",
    "lstrip",
    "rstrip",
    "removeprefix",
    "removesuffix",
];

pub fn find(case: &Case<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut first = true;
    for (at, kind) in case.run.kinds() {
        let EventKind::Raised(raised) = kind else {
            continue;
        };
        if raised.r#in == RaisedIn::Close {
            if raised.rule.is_some() {
                continue;
            }
            let message = format!("close() raised {}", told(raised));
            let thrown = Thrown::new(case, raised, at);
            found.push(Finding::new("close-raised", message, thrown.spot(), at));
        } else if std::mem::take(&mut first) && raised.rule.is_none() {
            found.extend(classify(case, raised, at));
        }
    }
    found
}

/// An exception, and what its line looks like.
pub struct Thrown<'a, 'c> {
    pub case: &'c Case<'a>,
    pub raised: &'a Raised,
    pub at: usize,
    pub file: &'a str,
    pub line: u32,
    pub tree: Option<Rc<Tree<'a>>>,
    /// The bytes of the line that were being evaluated, where that is known.
    bytes: Option<(u32, Option<u32>)>,
}

impl<'a, 'c> Thrown<'a, 'c> {
    pub fn new(case: &'c Case<'a>, raised: &'a Raised, at: usize) -> Self {
        let (file, line) = match &raised.blame {
            Some(blame) => (blame.file.as_str(), blame.line),
            None => ("", 0),
        };
        Self {
            case,
            raised,
            at,
            file,
            line,
            tree: case.tree(file),
            bytes: raised.calls.first().and_then(|call| call.bytes),
        }
    }

    pub fn is(&self, types: &[&str]) -> bool {
        types.contains(&self.raised.r#type.as_str())
    }

    pub fn says(&self, words: &str) -> bool {
        self.raised.message.contains(words)
    }

    /// The expressions that were being evaluated, the innermost first.
    pub fn exprs(&self) -> Vec<(Node<'a>, &'a Expr)> {
        let Some(tree) = &self.tree else {
            return Vec::new();
        };
        let here = |node: &Node<'_>| {
            let Some((start, end)) = self.bytes else {
                return true;
            };
            let text = tree.source.line(self.line);
            let end = end.map_or(text.len(), |end| end as usize);
            let span = tree.span(node);
            let place = tree.source.span_of_bytes(self.line, start as usize, end);
            // What is around the place, or inside it.
            span.line != self.line
                || span.columns.0 <= place.columns.0 && place.columns.1 <= span.columns.1
                || place.columns.0 <= span.columns.0 && span.columns.1 <= place.columns.1
        };
        let exprs = tree.exprs_at(self.line).rev();
        exprs
            .filter(|(node, _)| here(node))
            .map(|(node, expr)| (*node, expr))
            .collect()
    }

    /// The place of the exception.
    pub fn spot(&self) -> Option<Spot> {
        let blame = self.raised.blame.as_ref()?;
        let source = self.case.source(self.file);
        let (Some(source), Some((start, end))) = (source, self.bytes) else {
            return Some(self.case.line(blame));
        };
        let width = source.line(self.line).len();
        let end = end.map_or(width, |end| end as usize);
        Some(Spot::of(
            self.file,
            source.span_of_bytes(self.line, start as usize, end),
        ))
    }

    pub fn spot_of(&self, node: &Node<'a>) -> Option<Spot> {
        Some(Spot::of(self.file, self.tree.as_ref()?.span(node)))
    }

    pub fn finding(&self, slug: &str, spot: Option<Spot>) -> Finding {
        self.finding_with(slug, told(self.raised), spot)
    }

    pub fn finding_with(&self, slug: &str, message: String, spot: Option<Spot>) -> Finding {
        Finding::new(slug, message, spot.or_else(|| self.spot()), self.at)
    }
}

fn told(raised: &Raised) -> String {
    if raised.message.is_empty() {
        raised.r#type.clone()
    } else {
        format!("{}: {}", raised.r#type, raised.message)
    }
}

fn classify<'a>(case: &Case<'a>, raised: &'a Raised, at: usize) -> Option<Finding> {
    if length::used_up(raised) {
        // The client left, or more came than Content-Length said; that is told elsewhere.
        return None;
    }
    if raised.r#in == RaisedIn::Load {
        return Some(load::load_failed(raised, case));
    }
    let thrown = Thrown::new(case, raised, at);
    if raised.r#type == "SystemExit" {
        let message = "the application called sys.exit(), which ends a program, not a request";
        return Some(thrown.finding_with("sys-exit", message.to_owned(), None));
    }
    if thrown.is(&["ModuleNotFoundError", "ImportError"]) {
        return Some(load::import(raised, case, at));
    }
    input_closed(&thrown)
        .or_else(|| closed_file(&thrown))
        .or_else(|| signature(&thrown))
        .or_else(|| middleware::thrown(&thrown))
        .or_else(|| body_size::thrown(&thrown))
        .or_else(|| environ::thrown(&thrown))
        .or_else(|| path::thrown(&thrown))
        .or_else(|| form::thrown(&thrown))
        .or_else(|| bytes_and_str(&thrown))
        .or_else(|| {
            let finding = thrown.finding(when(case, raised, at), None);
            // What a visitor can cause is to be expected; a slip of the pen is to be mended.
            let slip = thrown.is(&["NameError", "UnboundLocalError", "AttributeError"]);
            Some(if slip { finding.without_fix() } else { finding })
        })
}

fn input_closed(thrown: &Thrown<'_, '_>) -> Option<Finding> {
    let closes = thrown.is(&["AttributeError", "TypeError"])
        && thrown.says("'Input' object")
        && (thrown.says("'close'") || thrown.says("context manager") || thrown.says("__e"));
    closes.then(|| {
        let message = "the application closed wsgi.input, which is the server's to close";
        thrown.finding_with("input-closed", message.to_owned(), None)
    })
}

/// A body that reads a file when it is closed already.
fn closed_file(thrown: &Thrown<'_, '_>) -> Option<Finding> {
    let closed = thrown.raised.r#in == RaisedIn::Iteration
        && thrown.is(&["ValueError"])
        && thrown.says("closed file");
    closed.then(|| thrown.finding("body-closed-file", None))
}

/// The application cannot be called with environ and `start_response`.
fn signature(thrown: &Thrown<'_, '_>) -> Option<Finding> {
    let Thrown { case, raised, .. } = thrown;
    let arguments = ["argument", "takes", "positional", "missing"];
    if raised.r#type != "TypeError" || !arguments.iter().any(|word| thrown.says(word)) {
        return None;
    }
    let named = raised.message.split("()").next().unwrap_or_default();
    let by_the_server = raised.r#in == RaisedIn::Call && raised.calls.is_empty();
    if by_the_server {
        let spot = definition(case, named);
        let message = format!(
            "the server calls the application with environ and start_response, and {}",
            raised.message
        );
        return Some(Finding::new("app-signature", message, spot, thrown.at));
    }
    // A middleware that calls an application in another way, or one that cannot be called so.
    let name = named.rsplit('.').next().unwrap_or_default();
    let tree = thrown.tree.as_ref()?;
    let exprs = thrown.exprs();
    let as_application = exprs.iter().any(|(_, expr)| match expr {
        Expr::Call(call) => middleware::calls_application(call),
        _ => false,
    });
    let inner = tree.functions(name).find_map(Node::function);
    if as_application && inner.is_none_or(|it| parameters(it).len() != 2) {
        let spot = definition(case, named);
        return Some(thrown.finding("app-signature", spot));
    }
    let is_application = tree
        .functions(name)
        .filter_map(Node::function)
        .any(|function| {
            parameters(function).len() == 2 && crate::diagnosis::source::is_application(function)
        });
    is_application.then(|| thrown.finding("app-signature", None))
}

/// Where the application is defined: `name` is what Python calls it, as `App.__init__` or `app`.
pub fn definition(case: &Case<'_>, named: &str) -> Option<Spot> {
    let (kind, callable) = case.callable().unwrap_or_default();
    let mut parts = named.rsplit('.');
    let last = parts.next().unwrap_or_default();
    let class = parts.find(|part| *part != "<locals>");
    for file in case.files() {
        let Some(tree) = case.tree(file) else {
            continue;
        };
        let of_application = || match (kind, last) {
            ("function", _) => None,
            (_, "__init__" | "__call__") => callable.rsplit(' ').next(),
            _ => None,
        };
        let class = class.or_else(of_application);
        let in_class = class.and_then(|class| {
            let class = tree.class(class)?;
            let method = tree
                .inside(class)
                .find(|node| node.function().is_some_and(|it| it.name == *last));
            Some(method.unwrap_or(class))
        });
        let node = in_class
            .or_else(|| tree.functions(last).next())
            .or_else(|| tree.class(last));
        if let Some(node) = node {
            return Some(Spot::of(file, tree.def_span(node)));
        }
    }
    None
}

/// bytes and str that met each other.
fn bytes_and_str(thrown: &Thrown<'_, '_>) -> Option<Finding> {
    let others = ["str", "bytes-like", "buffers"];
    let both = thrown.says("bytes") && others.iter().any(|word| thrown.says(word));
    if !thrown.is(&["TypeError"]) || !both {
        return None;
    }
    let tree = thrown.tree.as_ref()?;
    for (node, expr) in thrown.exprs() {
        if node.line > thrown.line {
            continue;
        }
        let slug = match expr {
            Expr::BinOp(it) if matches!(it.op, Operator::Add | Operator::Mod) => "bytes-plus-str",
            Expr::Compare(_) => "body-bytes-split",
            Expr::Call(_) => match method(expr) {
                Some((_, "join", _)) => "bytes-plus-str",
                Some((_, name, _)) if BYTES_METHODS.contains(&name) => "body-bytes-split",
                _ => continue,
            },
            _ => continue,
        };
        return Some(thrown.finding(slug, thrown.spot_of(&node)));
    }
    match tree.stmt_at(thrown.line)?.stmt()? {
        Stmt::AugAssign(it) => {
            let spot = Spot::of(thrown.file, tree.source.span(it.range()));
            Some(thrown.finding("bytes-plus-str", Some(spot)))
        }
        _ => None,
    }
}

/// When it happened says what the client gets.
fn when(case: &Case<'_>, raised: &Raised, at: usize) -> &'static str {
    let (mut started, mut lazy, mut named_lazy, mut sent) = (false, false, false, false);
    for (_, kind) in case.run.kinds().take(at) {
        match kind {
            EventKind::StartResponse(_) => started = true,
            EventKind::HeadersSent { .. } => sent = true,
            EventKind::Returned { r#type, name, .. } => {
                lazy = started;
                named_lazy = name.as_deref() == Some("<genexpr>")
                    || matches!(r#type.as_str(), "map" | "filter" | "zip" | "chain");
            }
            _ => {}
        }
    }
    match raised.r#in {
        RaisedIn::Iteration if named_lazy => "raised-lazily",
        _ if sent => "raised-mid-body",
        RaisedIn::Iteration if lazy => "raised-lazily",
        _ => "raised-before-start",
    }
}

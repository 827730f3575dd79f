//! What the visitor sent, and the expressions that give it as it came.

use ruff_python_ast::Expr;

use crate::diagnosis::case::Case;
use crate::diagnosis::source::{Tree, call, last_name, look_up};

/// What Flask, Django, Bottle, `WebOb` and Falcon call the parts of a request that a visitor fills.
const REQUEST_PARTS: &[&str] = &[
    "args",
    "values",
    "form",
    "forms",
    "data",
    "json",
    "GET",
    "POST",
    "query",
    "params",
    "query_params",
    "query_string",
    "cookies",
    "headers",
    "path",
];

/// What makes a visitor's text harmless in HTML, or makes something else of it.
const HARMLESS: &[&str] = &[
    "escape",
    "quote",
    "quote_plus",
    "quoteattr",
    "urlencode",
    "len",
    "int",
    "float",
    "bool",
    "sorted",
    "Markup",
    "dumps",
];

/// The texts of a visitor's that an application might show.
pub fn sent_by_visitor(case: &Case<'_>) -> Vec<String> {
    let mut values: Vec<String> = case
        .run
        .fields()
        .iter()
        .flat_map(|(name, value)| [value.clone(), name.clone()])
        .collect();
    if let Some(request) = &case.exchange().now().request {
        let path = request.target.split('?').next().unwrap_or_default();
        let path = percent_decoded(path);
        let path = String::from_utf8_lossy(&path).into_owned();
        let parts = path.split('/').map(str::to_owned);
        values.extend(parts.collect::<Vec<_>>());
        let headers = request
            .headers
            .iter()
            .filter(|(name, _)| !matches!(name.to_ascii_lowercase().as_str(), "accept" | "host"));
        values.extend(headers.map(|(_, value)| value.clone()));
        if let Some((_, query)) = request.target.split_once('?') {
            values.push(query.to_owned());
        }
        if !request.body.kept.is_empty() {
            values.push(String::from_utf8_lossy(&request.body.kept).into_owned());
        }
    }
    values
}

/// Whether a call makes a visitor's value harmless, or makes something else of it.
pub fn makes_harmless(expr: &Expr, value: &str) -> bool {
    call(expr).is_some_and(|(call, called)| {
        // In an attribute a quotation mark is what matters.
        let keeps_quotes = call.arguments.find_keyword("quote").is_some();
        HARMLESS.contains(&called) && (!keeps_quotes || value.contains('<'))
    })
}

/// Whether an expression is a part of a framework's request object that holds what the visitor
/// sent.
fn is_of_request_object(expr: &Expr) -> bool {
    let Expr::Attribute(attribute) = expr else {
        return false;
    };
    let is_request = last_name(&attribute.value).is_some_and(|it| matches!(it, "request" | "req"));
    is_request && REQUEST_PARTS.contains(&attribute.attr.as_str())
}

/// Whether a value comes from the visitor, and nothing made it harmless.
pub fn is_visitors(tree: &Tree<'_>, expr: &Expr, value: &str) -> bool {
    comes_of(tree, expr, &|it| makes_harmless(it, value))
}

/// Whether a value comes from the visitor, where what `stop` says yes to is left out.
pub fn comes_of(tree: &Tree<'_>, expr: &Expr, stop: &dyn Fn(&Expr) -> bool) -> bool {
    let makings = tree.node_of(expr).map(|node| tree.makings(node, stop));
    makings.is_some_and(|it| it.into_iter().any(|it| is_sent(tree, it)))
}

/// Whether an expression itself gives what the visitor sent.
pub fn is_sent(tree: &Tree<'_>, expr: &Expr) -> bool {
    let reads = call(expr).is_some_and(|(_, called)| {
        let called = tree.imported(called);
        called == "read"
            || called == "readline"
            || called.starts_with("parse_qs")
            || called.starts_with("unquote")
    });
    let from_environ = look_up(expr).map(|it| it.key).is_some_and(|key| {
        matches!(
            key,
            "QUERY_STRING" | "PATH_INFO" | "wsgi.input" | "CONTENT_TYPE"
        ) || key.starts_with("HTTP_")
    });
    reads || from_environ || is_of_request_object(expr)
}

pub fn percent_decoded(path: &str) -> Vec<u8> {
    percent_encoding::percent_decode_str(path).collect()
}

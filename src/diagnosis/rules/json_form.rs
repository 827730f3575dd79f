//! A body of JSON that is read as a form.

use ruff_python_ast::Expr;

use super::Finding;
use super::look::{ExprRule, Look, at_each_expr};
use crate::diagnosis::Mistake;
use crate::diagnosis::case::Case;
use crate::diagnosis::source::{Node, argument, call, look_up};
use crate::exchange::{EventKind, header};

pub fn find<'a>(case: &Case<'a>) -> Vec<Finding> {
    if !is_json_that_was_read(case) {
        return Vec::new();
    }
    let rules: [ExprRule<'a>; 1] = [|look, node, expr| parsed(look, node, expr)];
    at_each_expr(case, &rules)
}

/// Whether the client sent JSON, and the application took it as what it answers to.
fn is_json_that_was_read(case: &Case<'_>) -> bool {
    let Some(request) = &case.exchange().now().request else {
        return false;
    };
    let is_json = header(&request.headers, "content-type").is_some_and(|kind| {
        let kind = kind.to_ascii_lowercase();
        let kind = kind.split(';').next().unwrap_or_default().trim();
        kind == "application/json" || kind.ends_with("+json")
    });
    let body = String::from_utf8_lossy(&request.body.kept);
    let is_read = case
        .run
        .kinds()
        .any(|(_, kind)| matches!(kind, EventKind::InputRead { got, .. } if *got > 0));
    let is_refused = case.run.kinds().any(
        |(_, kind)| matches!(kind, EventKind::StartResponse(it) if it.status.starts_with("415")),
    );
    is_json && is_read && !is_refused && body.trim_start().starts_with(['{', '['])
}

fn parsed<'a>(look: &Look<'a, '_>, node: &Node<'a>, expr: &'a Expr) -> Option<Finding> {
    let (call, called) = call(expr)?;
    if !matches!(look.tree.imported(called), "parse_qs" | "parse_qsl") {
        return None;
    }
    let reads = |it: &Expr| look_up(it).is_some_and(|it| it.key == "wsgi.input");
    let is_body = look
        .tree
        .all_makings_of(argument(call, 0)?)
        .into_iter()
        .any(reads);
    // Whoever reads JSON as well has thought of both.
    let knows_json = ["loads", "load", "raw_decode"]
        .iter()
        .flat_map(|name| look.tree.calls(name))
        .any(|it| look.ran(it));
    let message = format!("the body is JSON, as its Content-Type says, but {called}() reads forms");
    (is_body && !knows_json).then(|| look.finding(Mistake::JsonToFormHandler, message, node))
}

//! Forms and query strings: `parse_qs`, and what is used in its place.

use ruff_python_ast::{Expr, ExprCall};

use super::Finding;
use super::look::{ExprRule, Look, at_each_expr};
use super::thrown::Thrown;
use crate::diagnosis::Mistake;
use crate::diagnosis::case::Case;
use crate::diagnosis::source::{
    Node, Tree, argument, call, literal, look_up, method, name as name_of,
};
use crate::exchange::Exchange;

/// Methods that take a text apart.
pub const SPLITTERS: &[&str] = &["split", "partition", "rpartition", "rsplit"];

pub fn thrown(thrown: &Thrown<'_, '_>) -> Option<Finding> {
    parsed_raised(thrown).or_else(|| split_raised(thrown))
}

pub fn find<'a>(case: &Case<'a>) -> Vec<Finding> {
    let rules: [ExprRule<'a>; 2] = [
        |l, n, e| bytes_key(l, n, e),
        |l, n, e| split_by_hand(l, n, e),
    ];
    at_each_expr(case, &rules)
}

/// The call of `parse_qs` an expression's value comes from.
pub fn parsed<'a>(tree: &Tree<'a>, expr: &Expr) -> Option<&'a ExprCall> {
    tree.origins_of(expr).into_iter().find_map(|it| {
        let (call, called) = call(it)?;
        matches!(tree.imported(called), "parse_qs" | "parse_qsl").then_some(call)
    })
}

/// Whether an expression is bytes, as far as that can be seen.
pub fn is_bytes(tree: &Tree<'_>, expr: &Expr) -> bool {
    let makes = |expr: &&Expr| {
        let called = call(expr).map(|(_, called)| called);
        // A function of the file's own may be called so, too.
        let is_own = |called: &str| tree.functions(called).next().is_some();
        expr.is_bytes_literal_expr()
            || matches!(called, Some("read" | "readline" | "encode" | "bytes"))
                && !called.is_some_and(is_own)
    };
    let text = |expr: &&Expr| {
        let called = call(expr).map(|(_, called)| called);
        expr.is_string_literal_expr() || matches!(called, Some("decode" | "str"))
    };
    let origins = tree.origins_of(expr);
    // A variable that is something else at another time may be that now.
    let mut values = origins.iter().filter(|it| !it.is_name_expr());
    let first = values.clone().next();
    first.is_some() && values.all(makes) && !origins.iter().any(text)
}

/// A key that is str, looked up in what `parse_qs` made of bytes.
fn bytes_key<'a>(look: &Look<'a, '_>, node: &Node<'a>, expr: &'a Expr) -> Option<Finding> {
    let found = look_up(expr).filter(|found| found.get)?;
    let key = found.key;
    // Most keys are none of a form's, and it is the other questions that cost.
    if !look.case.run.fields().iter().any(|(name, _)| name == key) {
        return None;
    }
    let parsed = parsed(look.tree, found.container)?;
    let message = format!("the keys of this form are bytes, so it has no '{key}'; it has b'{key}'");
    is_bytes(look.tree, argument(parsed, 0)?)
        .then(|| look.finding(Mistake::ParseQsBytes, message, node))
}

/// A field that is looked up in what `parse_qs` gave.
struct Field<'a> {
    node: Node<'a>,
    key: String,
    read: &'a ExprCall,
}

/// The field whose value, or absence, made a line fail.
fn field_at<'a>(thrown: &Thrown<'a, '_>, tree: &Tree<'a>) -> Option<Field<'a>> {
    let missing = thrown.raised.message.trim_matches(['\'', '"']);
    let looked_up = |node: &Node<'a>, expr: &'a Expr| {
        let (container, key) = match (look_up(expr), expr) {
            (Some(found), _) => (found.container, Some(found.key)),
            (None, Expr::Subscript(it)) => (&*it.value, None),
            (None, _) => {
                let (on, _, _) = method(expr).filter(|(_, name, _)| *name == "get")?;
                (on, None)
            }
        };
        Some(Field {
            node: *node,
            key: key.unwrap_or(missing).to_owned(),
            read: parsed(tree, container)?,
        })
    };
    let exprs = thrown.exprs();
    let here = exprs
        .iter()
        .filter_map(|(node, expr)| looked_up(node, expr));
    let mut here: Vec<Field<'_>> = here.collect();
    if thrown.is(&["KeyError"])
        && let Some(place) = here.iter().position(|field| field.key == missing)
    {
        return Some(here.swap_remove(place));
    }
    if !here.is_empty() {
        return Some(here.swap_remove(0));
    }
    // The value was kept in a variable before it failed.
    exprs.iter().find_map(|(node, expr)| {
        let variable = tree.node_of(expr).filter(|_| expr.is_name_expr())?;
        let origins = tree.origins(variable).into_iter();
        let mut fields = origins.filter_map(|origin| looked_up(tree.node_of(origin)?, origin));
        Some(Field {
            node: *node,
            ..fields.next()?
        })
    })
}

/// What went wrong with a form that `parse_qs` read.
fn parsed_raised(thrown: &Thrown<'_, '_>) -> Option<Finding> {
    let tree = thrown.tree.as_ref()?;
    let Field { node, key, read } = field_at(thrown, tree)?;
    let missing = thrown.is(&["KeyError"])
        || thrown.is(&["TypeError", "AttributeError"]) && thrown.says("NoneType");
    let spot = || thrown.spot_of(&node);
    let mut sent = thrown
        .case
        .run
        .fields()
        .iter()
        .filter(|(name, _)| *name == key);
    if missing && argument(read, 0).is_some_and(|it| is_bytes(tree, it)) {
        let message =
            format!("the keys of this form are bytes, so it has no '{key}'; it has b'{key}'");
        return Some(thrown.finding_with(Mistake::ParseQsBytes, message, spot()));
    }
    if missing {
        let blank = sent.next().is_some_and(|(_, value)| value.is_empty());
        let message = format!("the field '{key}' was sent empty, and parse_qs left it out");
        return blank.then(|| thrown.finding_with(Mistake::ParseQsBlank, message, spot()));
    }
    let list = thrown.is(&["TypeError", "AttributeError"]) && thrown.says("list");
    let message = format!(
        "parse_qs gives a list for each field, so '{key}' is a list: {}",
        thrown.raised.message
    );
    list.then(|| thrown.finding_with(Mistake::ParseQsList, message, spot()))
}

/// A query string that is taken apart at its `&`, without a thought of `+` and `%26`.
fn split_by_hand<'a>(look: &Look<'a, '_>, node: &Node<'a>, expr: &'a Expr) -> Option<Finding> {
    let tree = look.tree;
    if !splits(tree, expr) || fields_text(look.case.exchange()).is_empty() {
        return None;
    }
    let mut nodes = tree.scope(tree.function_around(node)).iter();
    let careful = nodes.any(unquotes);
    let message = "the query string is split by hand: '+' and '%26' stay as they are, and a field \
                   without '=' breaks it";
    let careful = careful || is_only_compared(tree, node);
    (!careful).then(|| {
        let finding = look.finding(Mistake::QuerySplitByHand, message, node);
        finding.latent()
    })
}

/// Whether a node decodes a part of a query, whatever the decoder is called.
fn unquotes(node: &Node<'_>) -> bool {
    let called = node.called().map(str::to_ascii_lowercase);
    called.is_some_and(|called| {
        ["unquote", "parse_q", "decode"]
            .iter()
            .any(|it| called.contains(it))
    })
}

/// Whether what is made of a part is only compared, as where a word of the query is a switch.
fn is_only_compared(tree: &Tree<'_>, node: &Node<'_>) -> bool {
    let mut around = tree.around(node).map(Node::expr);
    let last = around.find(|expr| {
        !matches!(
            expr,
            Some(Expr::Call(_) | Expr::Attribute(_) | Expr::Subscript(_))
        )
    });
    matches!(last.flatten(), Some(Expr::Compare(_)))
}

/// Whether an expression splits a form or a query string.
fn splits(tree: &Tree<'_>, expr: &Expr) -> bool {
    let Some((on, name, call)) = method(expr) else {
        return false;
    };
    let at = argument(call, 0).and_then(literal);
    if !SPLITTERS.contains(&name)
        || !at.is_some_and(|at| {
            matches!(at, "&" | "=" | ";") || at.ends_with('=') && name == "partition"
        })
    {
        return false;
    }
    let is_source = |expr: &Expr| {
        look_up(expr).is_some_and(|it| it.key == "QUERY_STRING")
            || method(expr).is_some_and(|(on, name, _)| {
                name == "read" && look_up(on).is_some_and(|it| it.key == "wsgi.input")
            })
    };
    let direct = tree.origins_of(on).into_iter();
    let looped = name_of(on).into_iter().flat_map(|variable| {
        let node = tree.node_of(on);
        let function = node.and_then(|node| node.function);
        let parts = tree.parts_bound_to(variable, node, function);
        parts.into_iter().flat_map(|part| tree.origins_of(part))
    });
    let mut sources = direct.chain(looped);
    sources.any(|source| {
        let inner =
            method(source).filter(|(_, name, _)| SPLITTERS.contains(name) || *name == "decode");
        let inner = inner.map(|(on, ..)| tree.origins_of(on));
        is_source(source) || inner.into_iter().flatten().any(is_source)
    })
}

/// The query string and the form as they were sent.
fn fields_text(exchange: &Exchange) -> String {
    let Some(request) = &exchange.now().request else {
        return String::new();
    };
    let query = request
        .target
        .split_once('?')
        .map_or("", |(_, query)| query);
    format!("{query}{}", String::from_utf8_lossy(&request.body.kept))
}

/// A field that came in another form than a split by hand expects.
fn split_raised(thrown: &Thrown<'_, '_>) -> Option<Finding> {
    let unpacks = thrown.is(&["ValueError"])
        && ["unpack", "sequence", "elements"]
            .iter()
            .any(|word| thrown.says(word));
    if !unpacks && !thrown.is(&["IndexError"]) {
        return None;
    }
    let tree = thrown.tree.as_ref()?;
    let function = tree.function_at(thrown.line);
    let has = match function {
        Some(function) => tree
            .inside(function)
            .filter_map(Node::expr)
            .any(|it| splits(tree, it)),
        None => splits_anywhere(tree),
    };
    let here = thrown.exprs().iter().any(|(_, expr)| {
        method(expr)
            .is_some_and(|(_, name, _)| name.contains("split") || name.contains("partition"))
    });
    (has || here && splits_anywhere(tree)).then(|| {
        let message = format!(
            "the query string was split by hand, and a field is not as expected: {}",
            thrown.raised.message
        );
        thrown.finding_with(Mistake::QuerySplitByHand, message, None)
    })
}

/// Whether anything in a file splits a form or a query string.
fn splits_anywhere(tree: &Tree<'_>) -> bool {
    let mut calls = SPLITTERS.iter().flat_map(|name| tree.calls(name));
    calls.any(|node| node.expr().is_some_and(|it| splits(tree, it)))
}

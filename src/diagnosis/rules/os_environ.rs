//! `os.environ`, which belongs to the server's process, taken for the environ of a request.

use ruff_python_ast::{Expr, ExprCall};
use ruff_text_size::Ranged as _;

use super::Finding;
use super::look::{ExprRule, Look, at_each_expr};
use super::thrown::Thrown;
use crate::diagnosis::case::Case;
use crate::diagnosis::source::{
    LookUp, Node, Tree, argument, call, is_environ_name, is_start_response_name, literal, look_up,
    name, parameters,
};
use crate::diagnosis::{Edit, Mistake};

/// Variables that a request has, and that nobody sets for a process. `HTTP_PROXY`, `SERVER_NAME`
/// and others may well be settings.
const OF_REQUEST: &[&str] = &[
    "CONTENT_LENGTH",
    "CONTENT_TYPE",
    "HTTP_ACCEPT",
    "HTTP_ACCEPT_LANGUAGE",
    "HTTP_AUTHORIZATION",
    "HTTP_COOKIE",
    "HTTP_HOST",
    "HTTP_REFERER",
    "HTTP_USER_AGENT",
    "PATH_INFO",
    "QUERY_STRING",
    "REMOTE_ADDR",
    "REMOTE_USER",
    "REQUEST_METHOD",
];

const MESSAGE: &str =
    "os.environ holds the variables of the server's process; those of this request are in environ";

pub fn find<'a>(case: &Case<'a>) -> Vec<Finding> {
    let rules: [ExprRule<'a>; 1] = [|look, node, expr| forgiven(look, node, expr)];
    at_each_expr(case, &rules)
}

/// A key that is not there, and is asked for in a way that forgives that.
fn forgiven<'a>(look: &Look<'a, '_>, node: &Node<'a>, expr: &'a Expr) -> Option<Finding> {
    let asked = asked(look.tree, node, expr);
    let asked = asked.filter(|it| it.forgives && OF_REQUEST.contains(&it.key))?;
    // A program that can run as a CGI script has them there.
    let is_script = look.case.mentions("GATEWAY_INTERFACE") || look.case.mentions("CGIHandler");
    // So has one that is handed no request, as `xmlrpc.server` has one for CGI.
    let mut around = look.tree.around(node).filter_map(Node::function);
    let is_of_wsgi = |it: &str| is_environ_name(it) || is_start_response_name(it);
    let is_handed_one = around.any(|it| parameters(it).into_iter().any(is_of_wsgi));
    if is_script || !is_handed_one {
        return None;
    }
    let finding = look.finding(Mistake::OsEnviron, message(asked.key), node);
    let edit = edit(look.tree, look.file, node, &asked);
    Some(finding.with_edit(edit).latent())
}

/// A `KeyError` of such a key.
pub fn thrown(thrown: &Thrown<'_, '_>) -> Option<Finding> {
    if !thrown.is(&["KeyError"]) {
        return None;
    }
    let tree = thrown.tree.as_ref()?;
    let exprs = thrown.exprs();
    let (node, asked) = exprs.iter().find_map(|(node, expr)| {
        let asked = asked(tree, node, expr).filter(|it| !it.forgives)?;
        Some((node, asked))
    })?;
    let is_missing = thrown.says(&format!("'{}'", asked.key));
    if !is_missing || !OF_REQUEST.contains(&asked.key) && !asked.key.starts_with("wsgi.") {
        return None;
    }
    let message = format!("KeyError: {}", message(asked.key));
    let finding = thrown.finding_with(Mistake::OsEnviron, message, thrown.spot_of(node));
    Some(finding.with_edit(edit(tree, thrown.file, node, &asked)))
}

fn message(key: &str) -> String {
    format!("'{key}' is not there: {MESSAGE}")
}

/// A variable of the process that is asked for.
struct Asked<'a> {
    key: &'a str,
    forgives: bool,
    /// What stands where environ should: `os.environ`, or `os.getenv`.
    container: &'a Expr,
    is_getenv: bool,
}

fn asked<'a>(tree: &Tree<'a>, node: &Node<'a>, expr: &'a Expr) -> Option<Asked<'a>> {
    if let Some(LookUp {
        container,
        key,
        get,
        ..
    }) = look_up(expr)
    {
        return is_of_process(tree, node, container, "environ").then_some(Asked {
            key,
            forgives: get,
            container,
            is_getenv: false,
        });
    }
    let (call, "getenv"): (&ExprCall, &str) = call(expr)? else {
        return None;
    };
    let key = literal(argument(call, 0)?)?;
    is_of_process(tree, node, &call.func, "getenv").then_some(Asked {
        key,
        forgives: true,
        container: &call.func,
        is_getenv: true,
    })
}

/// Whether an expression is this member of the module `os`.
fn is_of_process(tree: &Tree<'_>, node: &Node<'_>, expr: &Expr, member: &str) -> bool {
    match expr {
        Expr::Attribute(it) => it.attr == *member && name(&it.value) == Some("os"),
        _ => name(expr) == Some(member) && is_from_os(tree, node, expr),
    }
}

/// Whether a name at a node was imported from the module `os`, and is no parameter.
pub fn is_from_os(tree: &Tree<'_>, node: &Node<'_>, expr: &Expr) -> bool {
    let Some(variable) = name(expr) else {
        return false;
    };
    let mut around = tree.around(node).filter_map(Node::function);
    let is_given = around.any(|it| parameters(it).contains(&variable));
    !is_given && tree.index.imports_from_os(variable)
}

/// The environ that a function around was given, in the place of the other.
fn edit(tree: &Tree<'_>, file: &str, node: &Node<'_>, asked: &Asked<'_>) -> Option<Edit> {
    let mut around = tree.around(node).filter_map(Node::function);
    let given = around.find_map(|it| parameters(it).into_iter().find(|it| is_environ_name(it)))?;
    let code = if asked.is_getenv {
        format!("{given}.get")
    } else {
        given.to_owned()
    };
    Edit::replacing(tree.source, file, asked.container.range(), &code)
}

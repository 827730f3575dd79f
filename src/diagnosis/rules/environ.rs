//! Keys of environ: their names, their values, and which of them can be trusted.

use std::rc::Rc;

use ruff_python_ast::{BoolOp, Expr, ExprCall, Stmt};
use ruff_text_size::Ranged as _;

use super::environ_names::{is_not_portable, right_name};
use super::look::{ExprRule, Look, at_each_expr};
use super::os_environ::is_from_os;
use super::thrown::Thrown;
use super::{Finding, Remedy};
use crate::diagnosis::Spot;
use crate::diagnosis::case::Case;
use crate::diagnosis::source::{
    LookUp, Node, Tree, What, argument, environ_key, is_environ, literal, look_up, method,
};
use crate::diagnosis::{Edit, Mistake};
use crate::exchange::EventKind;

/// Headers by which proxies speak of the client, and anybody else may, too.
const FORWARDED: &[&str] = &[
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_REAL_IP",
    "HTTP_FORWARDED",
    "HTTP_CLIENT_IP",
    "HTTP_X_CLIENT_IP",
];
/// Parts of the names of those who count the proxies they trust.
const TRUSTING: &[&str] = &["trust", "hops", "num_prox", "proxy_count"];

pub fn thrown(thrown: &Thrown<'_, '_>) -> Option<Finding> {
    key_missing(thrown).or_else(|| forgiven_raised(thrown))
}

pub fn find<'a>(case: &Case<'a>) -> Vec<Finding> {
    let rules: [ExprRule<'a>; 3] = [
        |l, n, e| file_wrapper(l, n, e),
        |l, n, e| forgiven_key(l, n, e),
        |l, n, e| forwarded(l, n, e),
    ];
    let mut found = changed(case);
    found.extend(at_each_expr(case, &rules));
    found
}

/// A key with a wrong name gives None, and nobody notices.
fn forgiven_key<'a>(look: &Look<'a, '_>, node: &Node<'a>, expr: &'a Expr) -> Option<Finding> {
    let found = environ_key(expr).filter(|found| found.get)?;
    // Whoever takes a key out knows that it may not be there.
    let is_taken_out = method(expr).is_some_and(|(_, called, _)| called == "pop");
    if is_taken_out
        || look.case.has_key(found.key)
        || is_from_os(look.tree, node, found.container)
        || look.case.sets_key(found.key)
    {
        return None;
    }
    if is_not_portable(found.key) {
        let missing = found.default.is_none()
            && !expects_none(look.tree, node)
            && !asks_for_server(look.tree, node);
        let message = not_portable(found.key);
        let finding = look.finding(Mistake::EnvironKeyNotPortable, message, node);
        return missing.then(|| finding.latent());
    }
    let right = right_name(look.case, found.key)?;
    let message = wrong_name(found.key, &right);
    let finding = look.finding(Mistake::EnvironKeyName, message, node);
    let finding = with_key(finding, look.tree, look.file, Some(expr), &right);
    Some(finding.latent())
}

fn not_portable(key: &str) -> String {
    format!("only some servers set '{key}'")
}

fn wrong_name(key: &str, right: &str) -> String {
    format!("environ has no '{key}'; the key is '{right}'")
}

/// Whether a node stands below an `if` that asks which server it is.
fn asks_for_server(tree: &Tree<'_>, node: &Node<'_>) -> bool {
    tree.around(node).any(|outer| match outer.stmt() {
        Some(Stmt::If(it)) => tree.all_makings_of(&it.test).into_iter().any(|it| {
            let key = look_up(it).map(|it| it.key).or_else(|| literal(it));
            key.is_some_and(|key| key == "SERVER_SOFTWARE" || is_not_portable(key))
        }),
        _ => false,
    })
}

/// Whether a value may be None where it stands: it is compared, tested, or has an alternative.
fn expects_none(tree: &Tree<'_>, node: &Node<'_>) -> bool {
    let Some(parent) = tree.parent(node) else {
        return false;
    };
    match (parent.expr(), parent.stmt()) {
        (Some(it), _) => matches!(
            it,
            Expr::BoolOp(_) | Expr::If(_) | Expr::Compare(_) | Expr::UnaryOp(_)
        ),
        // A variable, and what a function returns, may be tested later.
        (_, Some(it)) => matches!(
            it,
            Stmt::If(_)
                | Stmt::While(_)
                | Stmt::Assert(_)
                | Stmt::Assign(_)
                | Stmt::AnnAssign(_)
                | Stmt::Return(_)
        ),
        _ => false,
    }
}

/// What a proxy says of the client, taken from anybody.
fn forwarded<'a>(look: &Look<'a, '_>, node: &Node<'a>, expr: &'a Expr) -> Option<Finding> {
    let found = environ_key(expr).filter(|found| FORWARDED.contains(&found.key))?;
    let thrown_away = look
        .tree
        .around(node)
        .next()
        .is_some_and(|it| matches!(it.stmt(), Some(Stmt::Expr(_) | Stmt::If(_))));
    let is_deliberate = is_behind_a_setting(look.tree, node)
        || is_for_a_log(look.tree, node)
        || TRUSTING
            .iter()
            .any(|word| look.tree.index.names_anything(word));
    if thrown_away || is_deliberate || asks_who(look.tree) {
        return None;
    }
    let (of, example) = match found.key {
        "HTTP_X_FORWARDED_PROTO" => ("its connection", Some(SCHEME_OF_A_PROXY)),
        "HTTP_X_FORWARDED_HOST" => ("the address it asked for", Some(HOST_OF_A_PROXY)),
        _ => ("itself", None),
    };
    let message = format!(
        "{} is what the client says about {of}: anyone can send it",
        found.key
    );
    let finding = look.finding(Mistake::HeaderSpoof, message, node);
    Some(match example {
        Some(example) => finding.with(Remedy::Example(example.to_owned())),
        None => finding,
    })
}

const SCHEME_OF_A_PROXY: &str = "\
if environ['REMOTE_ADDR'] == PROXY:
    scheme = environ.get('HTTP_X_FORWARDED_PROTO', 'http')
    environ['wsgi.url_scheme'] = scheme";

const HOST_OF_A_PROXY: &str = "\
host = environ.get('HTTP_HOST', '')
if environ['REMOTE_ADDR'] == PROXY:
    host = environ.get('HTTP_X_FORWARDED_HOST', host)";

/// Whether a node is there for those who ask for it: it stands below an `if`, or in an expression,
/// that asks for a setting, or in a class or function that is used below one only.
fn is_behind_a_setting<'a>(tree: &Tree<'a>, node: &Node<'a>) -> bool {
    let mut around = tree.around(node);
    around.any(|outer| {
        let test = match (outer.stmt(), outer.expr()) {
            (Some(Stmt::If(it)), _) => &*it.test,
            (_, Some(Expr::If(it))) => &*it.test,
            (_, Some(Expr::BoolOp(it))) if it.op == BoolOp::And => match it.values.first() {
                Some(first) => first,
                None => return false,
            },
            (Some(Stmt::ClassDef(it)), _) => return is_used_by_a_setting(tree, &it.name),
            (Some(Stmt::FunctionDef(it)), _) => return is_used_by_a_setting(tree, &it.name),
            _ => return false,
        };
        let Some(node) = tree.node_of(test) else {
            return false;
        };
        let of_request = |expr: &Expr| {
            let of_process = |it: LookUp<'_>| tree.source.code(it.container) == "os.environ";
            is_environ(expr) || look_up(expr).is_some_and(|it| !of_process(it))
        };
        let asks_environ = tree
            .all_makings(node)
            .into_iter()
            .any(|it| of_request(it) || mentions_field(it));
        let is_setting = matches!(test, Expr::Name(_) | Expr::Attribute(_));
        is_setting && !asks_environ
    })
}

/// Whether the module calls something of this name below an `if` only.
fn is_used_by_a_setting(tree: &Tree<'_>, named: &str) -> bool {
    let is_asked = |node: &Node<'_>| {
        let is_if = |it: &Node<'_>| {
            matches!(it.stmt(), Some(Stmt::If(_))) || matches!(it.expr(), Some(Expr::If(_)))
        };
        node.function.is_none() && tree.around(node).any(is_if)
    };
    let mut calls = tree.calls(named).peekable();
    calls.peek().is_some() && calls.all(is_asked)
}

/// Whether an expression is the name of a header in environ.
fn mentions_field(expr: &Expr) -> bool {
    literal(expr).is_some_and(|it| it.starts_with("HTTP_"))
}

/// Whether a node only goes into a log, by the name of the function or class it stands in.
fn is_for_a_log(tree: &Tree<'_>, node: &Node<'_>) -> bool {
    let mut around = tree.around(node);
    around.any(|outer| {
        let named = match outer.stmt() {
            Some(Stmt::FunctionDef(it)) => it.name.as_str(),
            Some(Stmt::ClassDef(it)) => it.name.as_str(),
            _ => outer.called().unwrap_or_default(),
        };
        let named = named.to_ascii_lowercase();
        named.contains("log") || matches!(named.as_str(), "debug" | "info" | "print")
    })
}

/// Whether the file compares the client's address with something.
fn asks_who(tree: &Tree<'_>) -> bool {
    let is_address = |expr: &Expr| {
        let mut origins = tree.origins_of(expr).into_iter();
        origins.any(|it| look_up(it).is_some_and(|it| it.key == "REMOTE_ADDR"))
    };
    tree.compares().any(|node| match node.expr() {
        Some(Expr::Compare(it)) => is_address(&it.left) || it.comparators.iter().any(is_address),
        _ => false,
    })
}

/// A key that environ does not have: never under this name, or not in this request.
fn key_missing(thrown: &Thrown<'_, '_>) -> Option<Finding> {
    if !thrown.is(&["KeyError"]) {
        return None;
    }
    let missing = thrown.raised.message.trim_matches(['\'', '"']);
    let exprs = thrown.exprs();
    let found = exprs.iter().find_map(|(node, expr)| {
        let found = look_up(expr).filter(|found| !found.get && found.key == missing)?;
        Some((node, found))
    });
    // A format string may have asked for it, too.
    let of_environ = match &found {
        Some((_, found)) => is_of_environ(thrown, found),
        None => exprs.iter().any(|(_, expr)| is_environ(expr)),
    };
    let spot = found.as_ref().and_then(|(node, _)| thrown.spot_of(node));
    let is_optional = is_optional(missing);
    if !(of_environ || is_optional) {
        return None;
    }
    let expr = found.and_then(|(node, _)| node.expr());
    if let Some(finding) = wrong_key(thrown, missing, expr, spot.clone()) {
        return Some(finding);
    }
    let why = if let Some(header) = missing.strip_prefix("HTTP_") {
        let header = header.replace('_', "-").to_ascii_lowercase();
        format!("this client sent no header {header}")
    } else if is_optional {
        "this request has none".to_owned()
    } else {
        return None;
    };
    let message = format!("KeyError: '{missing}': {why}");
    let finding = thrown.finding_with(Mistake::EnvironKeyOptional, message, spot);
    if missing == "HTTP_AUTHORIZATION" {
        return Some(finding.with(Remedy::Example(ASK_WHO.to_owned())));
    }
    let tree = thrown.tree.as_ref()?;
    let edit = found.and_then(|(node, found)| {
        let container = tree.source.code(found.container);
        let code = format!("{container}.get('{missing}', '')");
        Edit::replacing(tree.source, thrown.file, node.range(), &code)
    });
    Some(finding.with_edit(edit))
}

/// Whether a request may lack a key.
pub fn is_optional(key: &str) -> bool {
    key.starts_with("HTTP_") || OPTIONAL.contains(&key)
}

/// Keys that a request may lack, besides those of its headers.
const OPTIONAL: &[&str] = &[
    "CONTENT_TYPE",
    "QUERY_STRING",
    "REMOTE_HOST",
    "REMOTE_USER",
    "AUTH_TYPE",
    "wsgi.file_wrapper",
];

pub const ASK_WHO: &str = "\
given = environ.get('HTTP_AUTHORIZATION')
if given is None:
    start_response('401 Unauthorized', [('WWW-Authenticate', 'Basic realm=\"here\"')])
    return []";

/// `environ['wsgi.file_wrapper']`, which not every server has.
fn file_wrapper<'a>(look: &Look<'a, '_>, node: &Node<'a>, expr: &'a Expr) -> Option<Finding> {
    let found = environ_key(expr).filter(|found| found.key == "wsgi.file_wrapper" && !found.get)?;
    if look.tree.is_tried(node) {
        return None;
    }
    // Whoever asks for it with get() elsewhere knows that it may not be there.
    let mut mentions = look.tree.at_all(look.tree.index.literals(found.key));
    let is_known = look.case.asks_for_key(found.key)
        || mentions.any(|it| {
            let asked = look.tree.parent(it).and_then(Node::expr);
            asked.and_then(look_up).is_some_and(|it| it.get)
        });
    if is_known {
        return None;
    }
    let message = "'wsgi.file_wrapper' is optional: Werkzeug's server has none";
    let finding = look.finding(Mistake::EnvironKeyOptional, message, node);
    Some(
        finding
            .with(Remedy::Example(FILE_WRAPPER.to_owned()))
            .latent(),
    )
}

const FILE_WRAPPER: &str = "\
from wsgiref.util import FileWrapper

wrapper = environ.get('wsgi.file_wrapper', FileWrapper)
return wrapper(file, 8192)";

/// The same finding, with the right key where the wrong one stands.
fn with_key(
    finding: Finding,
    tree: &Tree<'_>,
    file: &str,
    expr: Option<&Expr>,
    right: &str,
) -> Finding {
    let key = match expr {
        Some(Expr::Subscript(it)) => Some(&*it.slice),
        Some(Expr::Call(it)) => argument(it, 0),
        _ => None,
    };
    let edit =
        key.and_then(|key| Edit::replacing(tree.source, file, key.range(), &format!("'{right}'")));
    finding.with_edit(edit)
}

/// Whether the container of a key is environ, by whatever name.
fn is_of_environ(thrown: &Thrown<'_, '_>, found: &LookUp<'_>) -> bool {
    let of_environ = |tree: &Rc<Tree<'_>>| {
        let mut origins = tree.origins_of(found.container).into_iter();
        origins.any(is_environ)
    };
    is_environ(found.container) || thrown.tree.as_ref().is_some_and(of_environ)
}

/// A wrong name that gave None, which failed at once.
fn forgiven_raised(thrown: &Thrown<'_, '_>) -> Option<Finding> {
    if !thrown.says("NoneType") {
        return None;
    }
    let exprs = thrown.exprs();
    exprs.iter().find_map(|(node, expr)| {
        let found = environ_key(expr).filter(|it| it.get)?;
        wrong_key(thrown, found.key, Some(expr), thrown.spot_of(node))
    })
}

/// A key that some servers only have, or another one than was meant. `expr` looks it up.
fn wrong_key(
    thrown: &Thrown<'_, '_>,
    key: &str,
    expr: Option<&Expr>,
    spot: Option<Spot>,
) -> Option<Finding> {
    if is_not_portable(key) {
        let message = not_portable(key);
        return Some(thrown.finding_with(Mistake::EnvironKeyNotPortable, message, spot));
    }
    let right = right_name(thrown.case, key)?;
    let message = wrong_name(key, &right);
    let finding = thrown.finding_with(Mistake::EnvironKeyName, message, spot);
    let tree = thrown.tree.as_ref()?;
    Some(with_key(finding, tree, thrown.file, expr, &right))
}

/// Values the application gave to keys without a dot, and that are no str.
fn changed(case: &Case<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (at, kind) in case.run.kinds() {
        let EventKind::EnvironChanged { changes } = kind else {
            continue;
        };
        for change in changes {
            let Some(kind) = &change.r#type else {
                continue;
            };
            if kind == "str" || change.key.contains('.') {
                continue;
            }
            let value = change.repr.as_deref().unwrap_or_default();
            let message = format!(
                "environ['{}'] became {value}, which is not a str",
                change.key
            );
            // What a framework keeps there is its own business.
            let Some(spot) = set_at(case, &change.key) else {
                continue;
            };
            found.push(Finding::new(
                Mistake::EnvironValueNotStr,
                message,
                Some(spot),
                at,
            ));
        }
    }
    found
}

fn set_at(case: &Case<'_>, key: &str) -> Option<Spot> {
    case.trees().find_map(|(file, tree)| {
        let sets = |node: &&Node<'_>| match node.what {
            What::Stmt(Stmt::Assign(assign)) => assign.targets.iter().any(|target| match target {
                Expr::Subscript(it) => {
                    literal(&it.slice) == Some(key)
                        && (is_environ(&it.value) || it.value.is_name_expr())
                }
                _ => false,
            }),
            What::Expr(expr) => {
                let by_name = |call: &ExprCall| {
                    let mut keywords = call.arguments.keywords.iter();
                    keywords.any(|it| it.arg.as_ref().is_some_and(|it| it == key))
                };
                method(expr).is_some_and(|(on, called, call)| match called {
                    "setdefault" => argument(call, 0).and_then(literal) == Some(key),
                    "update" => {
                        let dict = argument(call, 0).is_some_and(|it| match it {
                            Expr::Dict(it) => it
                                .items
                                .iter()
                                .any(|it| it.key.as_ref().and_then(literal) == Some(key)),
                            _ => false,
                        });
                        is_environ(on) && (dict || by_name(call))
                    }
                    _ => false,
                })
            }
            _ => false,
        };
        let ran = tree
            .nodes()
            .filter(sets)
            .find(|node| case.ran(file, &tree, node));
        let node = ran.or_else(|| tree.nodes().find(sets))?;
        Some(Spot::of(file, tree.span(node)))
    })
}

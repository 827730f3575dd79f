//! Keys of environ: their names, what they hold, and what can be trusted.

use ruff_python_ast::{Expr, Stmt};
use ruff_text_size::Ranged as _;

use super::Finding;
use super::raised::Thrown;
use crate::diagnosis::case::{Case, Spot};
use crate::diagnosis::source::{
    LookUp, Node, Tree, What, argument, call_of, environ_key, is_environ, last_name, literal,
    look_up, method, name,
};
use crate::exchange::EventKind;

/// Keys that some server has, and the standard does not know.
const NOT_PORTABLE: &[&str] = &[
    "REQUEST_URI",
    "RAW_URI",
    "UNENCODED_URL",
    "PATH_TRANSLATED",
    "SCRIPT_FILENAME",
    "SCRIPT_URL",
    "SCRIPT_URI",
    "DOCUMENT_ROOT",
    "DOCUMENT_URI",
    "REQUEST_SCHEME",
    "REQUEST_TIME",
    "HTTPS",
    "SERVER_ADDR",
    "SERVER_ADMIN",
    "CONTEXT_DOCUMENT_ROOT",
    "PHP_SELF",
];
const SERVERS: &[&str] = &[
    "gunicorn.",
    "mod_wsgi.",
    "uwsgi.",
    "waitress.",
    "werkzeug.server",
    "bjoern.",
];

/// The keys of the standard.
const STANDARD: &[&str] = &[
    "REQUEST_METHOD",
    "SCRIPT_NAME",
    "PATH_INFO",
    "QUERY_STRING",
    "CONTENT_TYPE",
    "CONTENT_LENGTH",
    "SERVER_NAME",
    "SERVER_PORT",
    "SERVER_PROTOCOL",
    "REMOTE_ADDR",
    "REMOTE_PORT",
    "REMOTE_HOST",
    "REMOTE_USER",
    "AUTH_TYPE",
    "GATEWAY_INTERFACE",
    "SERVER_SOFTWARE",
    "wsgi.version",
    "wsgi.url_scheme",
    "wsgi.input",
    "wsgi.errors",
    "wsgi.multithread",
    "wsgi.multiprocess",
    "wsgi.run_once",
    "wsgi.input_terminated",
    "wsgi.file_wrapper",
];
/// Headers that applications look at.
const HEADERS: &[&str] = &[
    "HOST",
    "USER_AGENT",
    "ACCEPT",
    "ACCEPT_LANGUAGE",
    "ACCEPT_ENCODING",
    "ACCEPT_CHARSET",
    "AUTHORIZATION",
    "COOKIE",
    "REFERER",
    "ORIGIN",
    "RANGE",
    "IF_MODIFIED_SINCE",
    "IF_NONE_MATCH",
    "IF_MATCH",
    "CACHE_CONTROL",
    "X_REQUESTED_WITH",
    "X_FORWARDED_FOR",
    "X_FORWARDED_PROTO",
    "X_REAL_IP",
    "DNT",
    "CONNECTION",
    "UPGRADE_INSECURE_REQUESTS",
];
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
/// What a path still begins with its slash after.
const KEEP_SLASH: &[&str] = &["rstrip", "lower", "get", "removesuffix"];

pub fn thrown(thrown: &Thrown<'_, '_>) -> Option<Finding> {
    content_length_raised(thrown)
        .or_else(|| key_missing(thrown))
        .or_else(|| forgiven_raised(thrown))
        .or_else(|| encoded_slash_raised(thrown))
}

pub fn find(case: &Case<'_>) -> Vec<Finding> {
    let at = case.run.events().len();
    let mut found = changed(case);
    for file in case.files() {
        let Some(tree) = case.tree(file) else {
            continue;
        };
        let look = Look {
            case,
            file,
            tree: &tree,
            at,
        };
        for (node, expr) in tree.exprs() {
            if case.ran(file, &tree, node) {
                found.extend(look.at(node, expr));
            }
        }
    }
    found
}

/// A look at a file whose lines ran.
struct Look<'a, 'c> {
    case: &'c Case<'a>,
    file: &'a str,
    tree: &'c Tree<'a>,
    at: usize,
}

impl<'a> Look<'a, '_> {
    fn finding(&self, slug: &str, message: String, node: &Node<'a>) -> Finding {
        let spot = Spot::of(self.file, self.tree.span(node));
        Finding::new(slug, message, Some(spot), self.at)
    }

    fn at(&self, node: &Node<'a>, expr: &'a Expr) -> Vec<Finding> {
        let found = [
            self.content_length(node, expr),
            self.forgiven_key(node, expr),
            self.forwarded(node, expr),
            self.compared(node, expr),
            self.routed(node, expr),
            self.encoded_slash(node, expr),
        ];
        found.into_iter().flatten().collect()
    }

    /// `int(environ.get('CONTENT_LENGTH', 0))` works until the key is there and empty.
    fn content_length(&self, node: &Node<'a>, expr: &'a Expr) -> Option<Finding> {
        let call = call_of(expr, "int")?;
        if !is_bare_length(self.tree, argument(call, 0)?) || is_careful(self.tree, node) {
            return None;
        }
        let message = "int() of CONTENT_LENGTH, which may be absent, or empty".to_owned();
        Some(self.finding("content-length-empty", message, node))
    }

    /// A key with a wrong name gives None, and nobody notices.
    fn forgiven_key(&self, node: &Node<'a>, expr: &'a Expr) -> Option<Finding> {
        let found = environ_key(expr)?;
        if !found.get || self.has(found.key) || is_set(self.case, found.key) {
            return None;
        }
        let alternative = self
            .tree
            .around(node)
            .take(1)
            .any(|it| matches!(it.expr(), Some(Expr::BoolOp(_) | Expr::If(_))));
        if is_not_portable(found.key) {
            let missing = found.default.is_none() && !alternative;
            let message = format!("'{}' is a key of some servers only", found.key);
            return missing.then(|| self.finding("environ-key-not-portable", message, node));
        }
        let right = right_name(self.case, found.key)?;
        let message = format!("environ has no '{}'; the key is '{right}'", found.key);
        Some(self.finding("environ-key-name", message, node))
    }

    fn has(&self, key: &str) -> bool {
        let environ = &self.case.exchange().now().environ;
        environ.iter().any(|entry| entry.key == key)
    }

    /// What a proxy says of the client, taken from anybody.
    fn forwarded(&self, node: &Node<'a>, expr: &'a Expr) -> Option<Finding> {
        let found = environ_key(expr).filter(|found| FORWARDED.contains(&found.key))?;
        let thrown_away = self
            .tree
            .around(node)
            .next()
            .is_some_and(|it| matches!(it.stmt(), Some(Stmt::Expr(_))));
        if thrown_away || asks_who(self.tree) {
            return None;
        }
        let message = format!(
            "{} is what the client says of itself: anybody can send it",
            found.key
        );
        Some(self.finding("header-spoof", message, node))
    }

    /// A path compared with text it can never be.
    fn compared(&self, node: &Node<'a>, expr: &'a Expr) -> Option<Finding> {
        let (path, others) = compared_with(self.tree, node, expr)?;
        if !is_path(self.tree, path) {
            return None;
        }
        let texts: Vec<&str> = others
            .iter()
            .flat_map(|other| texts_of(self.tree, other))
            .collect();
        self.paths(node, &texts)
    }

    /// A path looked up among routes that can never be one.
    fn routed(&self, node: &Node<'a>, expr: &'a Expr) -> Option<Finding> {
        let (routes, path) = match expr {
            Expr::Subscript(it) if it.ctx.is_load() => (&*it.value, &*it.slice),
            Expr::Call(_) => {
                let (routes, _, call) = method(expr).filter(|(_, name, _)| *name == "get")?;
                (routes, argument(call, 0)?)
            }
            _ => return None,
        };
        if !is_path(self.tree, path) {
            return None;
        }
        self.paths(node, &texts_of(self.tree, routes))
    }

    fn paths(&self, node: &Node<'a>, texts: &[&str]) -> Option<Finding> {
        if let Some(text) = texts.iter().find(|text| !text.is_ascii()) {
            let message = format!("PATH_INFO is never '{text}': it holds the bytes as latin-1");
            return Some(self.finding("path-not-decoded", message, node));
        }
        let bare = |text: &&&str| !text.is_empty() && !text.starts_with(['/', '*']);
        let text = texts.iter().find(bare)?;
        let message = format!("PATH_INFO begins with a slash, so it is never '{text}'");
        Some(self.finding("path-no-slash", message, node))
    }

    /// A slash that was sent as %2F looks like any other in `PATH_INFO`.
    fn encoded_slash(&self, node: &Node<'a>, expr: &'a Expr) -> Option<Finding> {
        let message = splits_encoded(self.case, self.tree, expr)?;
        Some(self.finding("path-encoded-slash", message, node))
    }
}

/// Whether something was made of `PATH_INFO`.
fn is_of_path(tree: &Tree<'_>, expr: &Expr) -> bool {
    let reads = |expr: &Expr| look_up(expr).is_some_and(|it| it.key == "PATH_INFO");
    let makings = tree
        .node_of(expr)
        .map(|node| tree.makings(node, &|_| false));
    makings.is_some_and(|it| it.into_iter().any(reads))
}

/// A path taken apart at its slashes, when one of them was none: what was sent, and what splits it.
fn splits_encoded(case: &Case<'_>, tree: &Tree<'_>, expr: &Expr) -> Option<String> {
    let (on, name, call) = method(expr)?;
    let splits = matches!(name, "split" | "partition" | "rpartition" | "rsplit");
    let slash = argument(call, 0).and_then(literal) == Some("/");
    let request = case.exchange().now().request.as_ref()?;
    let path = request.target.split('?').next()?;
    let encoded = path.to_ascii_lowercase().contains("%2f");
    (splits && slash && encoded && is_of_path(tree, on))
        .then(|| format!("the %2F of {path} has become a slash in PATH_INFO"))
}

/// What an expression compares, and with what: a comparison, `startswith`, or the cases of a `match`.
fn compared_with<'a>(
    tree: &Tree<'a>,
    node: &Node<'a>,
    expr: &'a Expr,
) -> Option<(&'a Expr, Vec<&'a Expr>)> {
    match expr {
        Expr::Compare(compare) => {
            let right = compare.comparators.first()?;
            let sides = [(&*compare.left, right), (right, &*compare.left)];
            let (path, other) = sides.into_iter().find(|(side, _)| is_path(tree, side))?;
            Some((path, vec![other]))
        }
        Expr::Call(_) => {
            let (on, _, call) = method(expr).filter(|(_, name, _)| *name == "startswith")?;
            Some((on, vec![argument(call, 0)?]))
        }
        Expr::StringLiteral(_) => {
            // A literal that stands in a match itself is a case's.
            let parent = tree.at(node.parent?)?;
            match parent.stmt()? {
                Stmt::Match(it) => Some((&*it.subject, vec![expr])),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Whether an expression is `PATH_INFO` as it came, or with its slash at least.
fn is_path(tree: &Tree<'_>, expr: &Expr) -> bool {
    let Some(node) = tree.node_of(expr) else {
        return false;
    };
    let origins = tree.origins(node);
    let reads = |expr: &Expr| look_up(expr).is_some_and(|it| it.key == "PATH_INFO");
    let keeps = |expr: &Expr| {
        method(expr).is_some_and(|(on, name, _)| {
            KEEP_SLASH.contains(&name) && (reads(on) || is_path(tree, on))
        })
    };
    let changed = |expr: &&Expr| {
        let other = expr.is_call_expr() || expr.is_subscript_expr() || expr.is_bin_op_expr();
        other && !reads(expr) && !keeps(expr)
    };
    origins.iter().any(|it| reads(it) || keeps(it)) && !origins.iter().any(changed)
}

/// The texts an expression has: a literal, some of them, or the keys of a dict.
fn texts_of<'a>(tree: &Tree<'a>, expr: &'a Expr) -> Vec<&'a str> {
    let Some(node) = tree.node_of(expr) else {
        return Vec::new();
    };
    let of = |expr: &'a Expr| match expr {
        Expr::Tuple(it) => it.elts.iter().filter_map(literal).collect(),
        Expr::List(it) => it.elts.iter().filter_map(literal).collect(),
        Expr::Set(it) => it.elts.iter().filter_map(literal).collect(),
        Expr::Dict(it) => it
            .items
            .iter()
            .filter_map(|it| literal(it.key.as_ref()?))
            .collect(),
        other => literal(other).into_iter().collect::<Vec<_>>(),
    };
    tree.origins(node).into_iter().flat_map(of).collect()
}

/// Whether an expression is `CONTENT_LENGTH` without anything that stands in for an empty one.
fn is_bare_length(tree: &Tree<'_>, expr: &Expr) -> bool {
    let Some(node) = tree.node_of(expr) else {
        return false;
    };
    let origins = tree.origins(node);
    let reads = |expr: &&Expr| look_up(expr).is_some_and(|it| it.key == "CONTENT_LENGTH");
    let safe = |expr: &&Expr| expr.is_bool_op_expr() || expr.is_if_expr();
    origins.iter().any(reads) && !origins.iter().any(safe)
}

/// Whether somebody thought of an absent or empty value: a `try` around, or a condition on it.
fn is_careful(tree: &Tree<'_>, node: &Node<'_>) -> bool {
    let tried = tree.around(node).any(|it| match it.stmt() {
        Some(Stmt::Try(it)) => it
            .body
            .iter()
            .any(|stmt| stmt.range().contains_range(node.range())),
        _ => false,
    });
    let variable = match node.expr() {
        Some(Expr::Call(call)) => argument(call, 0).and_then(name),
        _ => None,
    };
    let asks = |expr: &Expr| {
        let Some(test) = tree.node_of(expr) else {
            return false;
        };
        let mut parts = tree.inside(test).filter_map(Node::expr).chain([expr]);
        parts.any(|part| {
            look_up(part).is_some_and(|it| it.key == "CONTENT_LENGTH")
                || literal(part) == Some("CONTENT_LENGTH")
                || variable.is_some() && name(part) == variable
        })
    };
    let function = tree.function_around(node);
    let nodes: Vec<&Node<'_>> = match function {
        Some(function) => tree.inside(function).collect(),
        None => tree.nodes().collect(),
    };
    let asked = nodes.iter().any(|it| match it.what {
        What::Stmt(Stmt::If(it)) => {
            let others = it
                .elif_else_clauses
                .iter()
                .filter_map(|it| it.test.as_ref());
            std::iter::once(&*it.test).chain(others).any(asks)
        }
        What::Expr(Expr::If(it)) => asks(&it.test),
        _ => false,
    });
    tried || asked
}

/// Whether the file compares the client's address with something.
fn asks_who(tree: &Tree<'_>) -> bool {
    let is_address = |expr: &Expr| {
        let Some(node) = tree.node_of(expr) else {
            return false;
        };
        let origins = tree.origins(node);
        origins
            .into_iter()
            .any(|it| look_up(it).is_some_and(|it| it.key == "REMOTE_ADDR"))
    };
    tree.exprs().any(|(_, expr)| match expr {
        Expr::Compare(it) => is_address(&it.left) || it.comparators.iter().any(is_address),
        _ => false,
    })
}

fn content_length_raised(thrown: &Thrown<'_, '_>) -> Option<Finding> {
    let number = thrown.is(&["ValueError", "TypeError"]) && thrown.says("int");
    let missing = thrown.is(&["KeyError"]) && thrown.says("'CONTENT_LENGTH'");
    if !number && !missing {
        return None;
    }
    let tree = thrown.tree.as_ref()?;
    let exprs = thrown.exprs();
    let call = exprs.iter().find(|(_, expr)| {
        call_of(expr, "int").is_some_and(|call| {
            argument(call, 0).is_some_and(|it| {
                let node = tree.node_of(it);
                let origins = node.map(|node| tree.origins(node)).unwrap_or_default();
                origins
                    .into_iter()
                    .any(|it| look_up(it).is_some_and(|it| it.key == "CONTENT_LENGTH"))
            })
        })
    });
    if call.is_none() && !missing {
        return None;
    }
    let what = if missing {
        "this request has no CONTENT_LENGTH: the key may be absent, or empty"
    } else {
        "CONTENT_LENGTH is no number here: the key may be absent, or empty"
    };
    let spot = call.and_then(|(node, _)| thrown.spot_of(node));
    Some(thrown.finding_with("content-length-empty", what.to_owned(), spot))
}

/// A key that environ does not have, and never will under this name.
fn key_missing(thrown: &Thrown<'_, '_>) -> Option<Finding> {
    if !thrown.is(&["KeyError"]) {
        return None;
    }
    let exprs = thrown.exprs();
    let (node, found) = exprs.iter().find_map(|(node, expr)| {
        let found = look_up(expr).filter(|found| !found.get && is_of_environ(thrown, found))?;
        let it = format!("'{}'", found.key);
        (thrown.raised.message == it || thrown.raised.message == it.replace('\'', "\""))
            .then_some((node, found))
    })?;
    let LookUp { key, .. } = found;
    if is_not_portable(key) {
        let message = format!("'{key}' is a key of some servers only");
        return Some(thrown.finding_with(
            "environ-key-not-portable",
            message,
            thrown.spot_of(node),
        ));
    }
    if let Some(right) = right_name(thrown.case, key) {
        let message = format!("environ has no '{key}'; the key is '{right}'");
        return Some(thrown.finding_with("environ-key-name", message, thrown.spot_of(node)));
    }
    let header = key.strip_prefix("HTTP_")?;
    let header = header.replace('_', "-").to_ascii_lowercase();
    let message = format!("KeyError: '{key}': this client sent no header {header}");
    Some(thrown.finding_with("raised-before-start", message, thrown.spot_of(node)))
}

/// Whether the container of a key is environ, by whatever name.
fn is_of_environ(thrown: &Thrown<'_, '_>, found: &LookUp<'_>) -> bool {
    let origins = thrown.tree.as_ref().and_then(|tree| {
        let node = tree.node_of(found.container)?;
        Some(tree.origins(node).into_iter().any(is_environ))
    });
    is_environ(found.container) || origins.unwrap_or(false)
}

/// A wrong name that gave None, which failed at once.
fn forgiven_raised(thrown: &Thrown<'_, '_>) -> Option<Finding> {
    if !thrown.says("NoneType") {
        return None;
    }
    let exprs = thrown.exprs();
    exprs.iter().find_map(|(node, expr)| {
        let found = environ_key(expr).filter(|it| it.get)?;
        let spot = || thrown.spot_of(node);
        let key = found.key;
        if is_not_portable(key) {
            let message = format!("'{key}' is a key of some servers only");
            return Some(thrown.finding_with("environ-key-not-portable", message, spot()));
        }
        let right = right_name(thrown.case, key)?;
        let message = format!("environ has no '{key}'; the key is '{right}'");
        Some(thrown.finding_with("environ-key-name", message, spot()))
    })
}

fn encoded_slash_raised(thrown: &Thrown<'_, '_>) -> Option<Finding> {
    if !thrown.is(&["ValueError", "IndexError", "KeyError"]) {
        return None;
    }
    let tree = thrown.tree.as_ref()?;
    let exprs = tree.exprs_at(thrown.line);
    exprs.into_iter().find_map(|(node, expr)| {
        let message = splits_encoded(thrown.case, tree, expr)?;
        Some(thrown.finding_with("path-encoded-slash", message, thrown.spot_of(node)))
    })
}

fn is_not_portable(key: &str) -> bool {
    NOT_PORTABLE.contains(&key) || SERVERS.iter().any(|server| key.starts_with(server))
}

/// What a wrong name of a key should have been.
fn right_name(case: &Case<'_>, key: &str) -> Option<String> {
    if STANDARD.contains(&key) {
        return None;
    }
    let plain = key.to_ascii_uppercase().replace('-', "_");
    let header = plain.strip_prefix("HTTP_").unwrap_or(&plain);
    if matches!(header, "CONTENT_TYPE" | "CONTENT_LENGTH") {
        return (key != header).then(|| header.to_owned());
    }
    let environ = &case.exchange().now().environ;
    let has = |name: &str| environ.iter().any(|entry| entry.key == name);
    let as_header = format!("HTTP_{header}");
    if key != as_header && (has(&as_header) || HEADERS.contains(&header)) {
        return Some(as_header);
    }
    if plain.starts_with("HTTP_") && plain != key {
        return Some(plain);
    }
    if STANDARD.contains(&plain.as_str()) {
        return Some(plain);
    }
    let dotted = key.to_ascii_lowercase().replacen(['_', '-'], ".", 1);
    if STANDARD.contains(&dotted.as_str()) {
        return Some(dotted);
    }
    let part =
        |it: &&&str| it.ends_with(&format!("_{plain}")) || it.starts_with(&format!("{plain}_"));
    if let Some(whole) = STANDARD.iter().find(part) {
        return Some((*whole).to_owned());
    }
    let known = STANDARD.iter().map(|it| (*it).to_owned());
    let sent = HEADERS.iter().map(|it| format!("HTTP_{it}"));
    let near = known.chain(sent).filter(|it| it != key);
    near.map(|it| (strsim::osa_distance(&it, &plain), it))
        .filter(|(distance, it)| *distance <= 2 && it.len() > 4)
        .min()
        .map(|(_, it)| it)
}

/// Whether the project puts this key into environ itself.
fn is_set(case: &Case<'_>, key: &str) -> bool {
    case.files().into_iter().any(|file| {
        case.tree(file).is_some_and(|tree| {
            tree.exprs().any(|(_, expr)| match expr {
                Expr::Subscript(it) => !it.ctx.is_load() && literal(&it.slice) == Some(key),
                Expr::Call(call) => {
                    last_name(&call.func) == Some("setdefault")
                        && argument(call, 0).and_then(literal) == Some(key)
                }
                _ => false,
            })
        })
    })
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
            let message = format!("environ['{}'] became {value}, which is no str", change.key);
            // What a framework keeps there is its own business.
            let Some(spot) = set_at(case, &change.key) else {
                continue;
            };
            found.push(Finding::new("environ-value-not-str", message, Some(spot), at));
        }
    }
    found
}

fn set_at(case: &Case<'_>, key: &str) -> Option<Spot> {
    case.files().into_iter().find_map(|file| {
        let tree = case.tree(file)?;
        let sets = |node: &&Node<'_>| match node.what {
            What::Stmt(Stmt::Assign(assign)) => assign.targets.iter().any(|target| match target {
                Expr::Subscript(it) => {
                    literal(&it.slice) == Some(key)
                        && (is_environ(&it.value) || it.value.is_name_expr())
                }
                _ => false,
            }),
            What::Expr(expr) => {
                let by_name = |call: &ruff_python_ast::ExprCall| {
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

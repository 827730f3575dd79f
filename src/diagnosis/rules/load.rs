//! Applications that cannot be loaded.

use ruff_python_ast::{Expr, Stmt};

use super::departed::CGI_LEFT;
use super::thrown::{Thrown, definition, told};
use super::{Finding, Remedy, another_python, python_two};
use crate::diagnosis::Mistake;
use crate::diagnosis::Spot;
use crate::diagnosis::case::Case;
use crate::diagnosis::source::{Node, Tree, argument, call, is_application, last_name, name};
use crate::exchange::{Raised, Traceback};

/// The mistake because of which an application could not be loaded.
pub fn load<'a>(raised: &'a Raised, case: &Case<'a>) -> Finding {
    if raised.blame.is_none() && matches!(raised.r#type.as_str(), "AttributeError" | "TypeError") {
        if raised.message.contains("takes no arguments") {
            let named = raised.message.split('\'').nth(1).unwrap_or_default();
            let spot = definition(case, named.trim_end_matches("()"));
            return Finding::new(Mistake::AppSignature, raised.message.clone(), spot, 0);
        }
        if raised.message.contains("defines no ") || raised.message.contains("cannot be called") {
            let spot = assigned(case, raised);
            return Finding::new(Mistake::AppNotCallable, raised.message.clone(), spot, 0);
        }
    }
    wrapped_too_early(raised, case)
        .or_else(|| server(raised, case))
        .or_else(|| python_two::load(raised, case))
        .unwrap_or_else(|| import(raised, case, 0))
}

/// A name that stands for a middleware since it was wrapped, and is used as the application inside.
fn wrapped_too_early<'a>(raised: &'a Raised, case: &Case<'a>) -> Option<Finding> {
    if raised.r#type != "AttributeError" {
        return None;
    }
    let (kind, attribute) = raised.message.split_once("' object has no attribute '")?;
    let kind = kind.strip_prefix('\'')?;
    let attribute = attribute.split('\'').next()?;
    let thrown = Thrown::new(case, raised, 0);
    let tree = thrown.tree.as_ref()?;
    let (variable, function) = thrown
        .exprs()
        .into_iter()
        .find_map(|(node, expr)| match expr {
            Expr::Attribute(it) if it.attr == *attribute => Some((name(&it.value)?, node.function)),
            _ => None,
        })?;
    // The last value it was given before, and what that wraps.
    let values = tree.assigned(variable, function).iter();
    let before = |value: &&Expr| {
        let node = tree.node_of(value);
        node.is_some_and(|it| it.line < thrown.line)
    };
    let values: Vec<&Expr> = values.copied().filter(before).collect();
    let (last, others) = values.split_last()?;
    let (outer, wrapper) = call(last)?;
    if !wraps(tree, wrapper, kind) {
        return None;
    }
    let inner = argument(outer, 0)?;
    let made = match name(inner) {
        Some(it) if it == variable => *others.last()?,
        Some(it) => *tree.assigned(it, function).last()?,
        None => inner,
    };
    let (_, class) = call(made)?;
    // A class from elsewhere has what was asked of it.
    let has = tree
        .class(class)
        .is_none_or(|it| has_attribute(tree, it, attribute));
    let statement = tree.statement_of(tree.node_of(last)?)?;
    let spot = Spot::of(thrown.file, tree.span(statement));
    let message = format!(
        "from this line on {variable} is what {wrapper}() gave, which has no {attribute}: {}",
        told(raised)
    );
    has.then(|| Finding::new(Mistake::AppWrappedTooEarly, message, Some(spot), 0))
}

/// Whether what is called so makes a middleware of this type: a class whose instances are
/// applications, or a function that returns one inside of it.
fn wraps(tree: &Tree<'_>, called: &str, kind: &str) -> bool {
    let is_application = |node: &Node<'_>| node.function().is_some_and(is_application);
    if kind == "function" {
        let mut functions = tree.functions(called);
        return functions.any(|node| tree.inside(node).any(is_application));
    }
    let class = tree.class(called).filter(|_| called == kind);
    class.is_some_and(|class| tree.methods(class, "__call__").any(is_application))
}

fn has_attribute<'a>(tree: &Tree<'a>, class: &Node<'a>, attribute: &str) -> bool {
    !tree.index.attributes(class.at, attribute).is_empty()
        || tree.methods(class, attribute).next().is_some()
}

/// What starts a server, or is one.
const SERVERS: &[&str] = &[
    "make_server",
    "serve_forever",
    "serve",
    "run_simple",
    "WSGIServer",
    "HTTPServer",
    "TCPServer",
];

/// A server that is started while the module is loaded: it cannot have its port, or never ends.
fn server(raised: &Raised, case: &Case<'_>) -> Option<Finding> {
    let failed = raised.r#type.ends_with("Error") && raised.traceback.contains("bind");
    // The tutor's own: it stopped the loading, and Python has no traceback of that.
    let waits = raised.r#type == "TimeoutError" && !raised.traceback.contains(Traceback::BEGINNING);
    if !failed && !waits {
        return None;
    }
    let calls = raised.calls.iter().map(|call| &call.place);
    let places: Vec<_> = raised.blame.iter().chain(calls).collect();
    let starts = places.iter().any(|place| {
        let Some(tree) = case.tree(&place.file) else {
            return false;
        };
        tree.exprs_at(place.line).any(|(_, expr)| {
            let called = call(expr).map(|(_, called)| called);
            called.is_some_and(|called| {
                let asked_to_run = failed && called == "run";
                asked_to_run || SERVERS.contains(&tree.imported(called))
            })
        })
    });
    let place = places.iter().rev().find(|place| {
        let tree = case.tree(&place.file);
        tree.is_some_and(|tree| tree.function_at(place.line).is_none())
    })?;
    let what_came = if waits {
        "it answers requests by itself, and loading the module never ends".to_owned()
    } else {
        told(raised)
    };
    let message = format!("a server is started when the module is loaded: {what_came}");
    starts.then(|| {
        let spot = Some(case.line(place));
        Finding::new(Mistake::ServerAtImport, message, spot, 0)
    })
}

/// What a file that is not valid Python raises.
const SYNTAX_ERRORS: [&str; 3] = ["SyntaxError", "IndentationError", "TabError"];

/// An import that failed, or anything else that went wrong while the file was loaded.
pub fn import<'a>(raised: &'a Raised, case: &Case<'a>, at: usize) -> Finding {
    let spot = raised.blame.as_ref().map(|blame| case.line(blame));
    if raised.r#type == "ModuleNotFoundError" && raised.message.starts_with("No module named 'cgi'")
    {
        return Finding::new(Mistake::ImportCgi, CGI_LEFT, spot, at);
    }
    let message = format!("{}: {}", raised.r#type, raised.message);
    if SYNTAX_ERRORS.contains(&raised.r#type.as_str()) {
        let spot = Thrown::new(case, raised, at).spot();
        return Finding::new(Mistake::SyntaxError, message, spot, at).without_fix();
    }
    let finding = Finding::new(Mistake::ImportError, message, spot, at);
    if let Some(lack) = &raised.lacks {
        let file = case.trees().next().map(|(file, _)| file);
        return finding.with(Remedy::Example(another_python::commands(lack, file)));
    }
    match raised.r#type.as_str() {
        "ModuleNotFoundError" | "ImportError" => finding,
        _ => finding.without_fix(),
    }
}

/// Where the name that cannot be called gets its value.
fn assigned(case: &Case<'_>, raised: &Raised) -> Option<Spot> {
    let name = raised.message.split('\'').nth(1)?;
    let (file, tree) = case.trees().next()?;
    let sets = |stmt: &Stmt| match stmt {
        Stmt::Assign(assign) => assign.targets.iter().any(|it| last_name(it) == Some(name)),
        _ => false,
    };
    let node = tree.nodes().rfind(|node| node.stmt().is_some_and(sets))?;
    Some(Spot::of(file, tree.span(node)))
}

//! Exceptions: those with an explanation of their own, and all others.

use ruff_python_ast::{Expr, Operator, Stmt};
use ruff_text_size::Ranged as _;

use super::generators::catches;
use super::load::{import, load};
use super::middleware::is_application_call;
use super::thrown::{Thrown, definition, told};
use super::{
    Finding, Remedy, body_size, context, environ, environ_none, form, generators, header_list,
    length, middleware, misspelt, none_called, os_environ, path, percent, placeholders, python_two,
    text_and_bytes, threads,
};
use crate::diagnosis::Spot;
use crate::diagnosis::case::Case;
use crate::diagnosis::source::{
    Node, Tree, call, call_of, holds, is_environ_name, is_start_response_name, look_up, method,
    name, parameters,
};
use crate::diagnosis::{Edit, Mistake};
use crate::exchange::{EventKind, Raised, RaisedIn, Traceback, TracedCall};

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
            found.push(Finding::new(
                Mistake::CloseRaised,
                message,
                thrown.spot(),
                at,
            ));
        } else if std::mem::take(&mut first) && raised.rule.is_none() {
            found.extend(classify(case, raised, at));
        }
    }
    if let Some(caught) = case.caught {
        found.extend(classify(case, &caught.raised, caught.at));
    }
    found
}

fn classify<'a>(case: &Case<'a>, raised: &'a Raised, at: usize) -> Option<Finding> {
    if length::used_up(raised) {
        // The client left, or more came than Content-Length said; that is told elsewhere.
        return None;
    }
    if raised.r#in == RaisedIn::Load {
        return Some(load(raised, case));
    }
    let thrown = Thrown::new(case, raised, at);
    if raised.r#type == "SystemExit" {
        let message = "the application called sys.exit(), which ends a program, not a request";
        return Some(thrown.finding_with(Mistake::SysExit, message.to_owned(), None));
    }
    if let Some(found) = python_two::thrown(&thrown) {
        return Some(found);
    }
    if thrown.is(&["ModuleNotFoundError", "ImportError"]) {
        return Some(import(raised, case, at));
    }
    input_closed(&thrown)
        .or_else(|| input_is_a_stream(&thrown))
        .or_else(|| closed_file(&thrown))
        .or_else(|| context::thrown(&thrown))
        .or_else(|| percent::thrown(&thrown))
        .or_else(|| placeholders::thrown(&thrown))
        .or_else(|| signature(&thrown))
        .or_else(|| header_list::thrown(&thrown))
        .or_else(|| none_called::thrown(&thrown))
        .or_else(|| middleware::thrown(&thrown))
        .or_else(|| generators::thrown(&thrown))
        .or_else(|| body_size::thrown(&thrown))
        .or_else(|| os_environ::thrown(&thrown))
        .or_else(|| environ::thrown(&thrown))
        .or_else(|| environ_none::thrown(&thrown))
        .or_else(|| path::thrown(&thrown))
        .or_else(|| form::thrown(&thrown))
        .or_else(|| text_and_bytes::thrown(&thrown))
        .or_else(|| threads::thrown(&thrown))
        .or_else(|| relative_path(&thrown))
        .or_else(|| bytes_and_str(&thrown))
        .or_else(|| {
            let mistake = match case.caught {
                Some(_) => Mistake::ExceptionInHandler,
                None => when(case, raised, at),
            };
            if let Some(found) = misspelt::parameter(&thrown) {
                let finding = thrown.finding_with(mistake, found.message, Some(found.spot));
                return Some(finding.with_only_edit(found.edit));
            }
            let mut message = match raised_outside(case, raised) {
                Some(place) => format!("{} (raised in {place})", told(raised)),
                None => told(raised),
            };
            if let Some((file, line)) = except_that_was_over(&thrown) {
                let place = if file == thrown.file {
                    format!("line {line}")
                } else {
                    format!("{}:{line}", file.rsplit('/').next().unwrap_or(file))
                };
                let over = format!("; the except of {place} was over when the body was made");
                message.push_str(&over);
            }
            let finding = thrown.finding_with(mistake, message, None);
            Some(finding.with(remedy(&thrown)))
        })
}

/// An `except` that was there for what came later: around a call that only made the generator, and
/// returned.
fn except_that_was_over<'a>(thrown: &Thrown<'a, '_>) -> Option<(&'a str, u32)> {
    let case = thrown.case;
    if thrown.raised.r#in != RaisedIn::Iteration {
        return None;
    }
    let function = case
        .tree(thrown.file)?
        .function_at(thrown.line)?
        .function()?;
    let made_by = function.name.as_str();
    let kinds = ["Exception", "BaseException", thrown.raised.r#type.as_str()];
    case.trees().find_map(|(file, tree)| {
        // The call of the generator itself, or of the application that returned it.
        let makes = |node: &Node<'_>| {
            let expr = node.expr();
            let mut calls = thrown.raised.calls.iter().map(|it| &it.place);
            expr.is_some_and(|it| match it {
                Expr::Generator(_) => calls.any(|it| it.file == file && node.covers(it.line)),
                _ => is_application_call(it) || call_of(it, made_by).is_some(),
            })
        };
        let ran = case.ran_nodes(file, &tree);
        let mut made = ran.iter().filter(|node| makes(node));
        made.find_map(|node| {
            let tried = tree.around(node).find_map(|outer| match outer.stmt() {
                Some(Stmt::Try(it)) if holds(&it.body, node) => Some(it),
                _ => None,
            })?;
            let handler = tried.handlers.iter().find(|it| catches(it, &kinds))?;
            let line = tree.source.line_of(handler.range().start());
            // What goes through the body inside of the try would have caught it.
            let is_over = !case.run.ran(file, line);
            is_over.then_some((file, line))
        })
    })
}

/// Where an exception was raised, when that is no file of the project.
fn raised_outside(case: &Case<'_>, raised: &Raised) -> Option<String> {
    let traceback = Traceback::last_in(&raised.traceback)?;
    let TracedCall { file, line, .. } = traceback.calls.last()?;
    let is_library = file.contains("site-packages") && case.source(file).is_none();
    is_library.then(|| format!("{file}:{line}, which is not yours"))
}

/// What may be written where an exception has no explanation of its own: nothing, unless a visitor
/// caused it.
fn remedy(thrown: &Thrown<'_, '_>) -> Remedy {
    let Some(tree) = &thrown.tree else {
        return Remedy::Nothing;
    };
    let exprs = thrown.exprs();
    let reads = |wanted: &dyn Fn(&str) -> bool| {
        exprs.iter().any(|(node, _)| {
            let made = tree.all_makings(node);
            made.into_iter()
                .any(|it| look_up(it).is_some_and(|it| wanted(it.key)))
        })
    };
    if thrown.is(&["KeyError"]) && reads(&|key| key == "REQUEST_METHOD") {
        return Remedy::Example(METHOD_NOT_ALLOWED.to_owned());
    }
    if thrown.is(&["ValueError"])
        && thrown.says("too many values to unpack")
        && let Some(edit) = split_once(thrown, tree)
    {
        return Remedy::Edit(edit);
    }
    let visitors = |key: &str| matches!(key, "QUERY_STRING" | "PATH_INFO" | "wsgi.input");
    let expected = [
        "KeyError",
        "IndexError",
        "ValueError",
        "UnicodeDecodeError",
        "JSONDecodeError",
    ];
    if thrown.is(&expected) && reads(&visitors) {
        return Remedy::Explained;
    }
    Remedy::Nothing
}

const METHOD_NOT_ALLOWED: &str = "\
handler = METHODS.get(environ['REQUEST_METHOD'])
if handler is None:
    start_response('405 Method Not Allowed', [('Allow', 'GET, HEAD, POST')])
    return []";

/// A split into as many parts as there are names for them.
fn split_once(thrown: &Thrown<'_, '_>, tree: &Tree<'_>) -> Option<Edit> {
    let statement = tree.stmt_at(thrown.line)?.stmt()?;
    let Stmt::Assign(assign) = statement else {
        return None;
    };
    let Some(Expr::Tuple(names)) = assign.targets.first() else {
        return None;
    };
    let (_, "split", call) = method(&assign.value)? else {
        return None;
    };
    if call.arguments.len() != 1 || names.elts.iter().any(Expr::is_starred_expr) {
        return None;
    }
    let separator = call.arguments.args.first()?;
    let code = format!("{}, {}", tree.source.code(separator), names.elts.len() - 1);
    Edit::replacing(tree.source, thrown.file, separator.range(), &code)
}

/// `wsgi.input` used as the body, or as a file that can be read twice.
fn input_is_a_stream(thrown: &Thrown<'_, '_>) -> Option<Finding> {
    let is_of_input = ["'Input' object", "not Input", "not 'Input'"]
        .iter()
        .any(|it| thrown.says(it));
    (thrown.is(&["TypeError", "AttributeError"]) && is_of_input).then(|| {
        let message = format!(
            "wsgi.input is a stream that can be read once, not the body and not a file: {}",
            told(thrown.raised)
        );
        thrown.finding_with(Mistake::InputIsAStream, message, None)
    })
}

/// A file that is beside the application, and was looked for in the working directory.
fn relative_path(thrown: &Thrown<'_, '_>) -> Option<Finding> {
    let missing = thrown.raised.missing.as_ref()?;
    let message = format!(
        "{}: it is looked for in the working directory, {}, but is in {}",
        told(thrown.raised),
        missing.directory,
        missing.beside
    );
    Some(thrown.finding_with(Mistake::RelativePath, message, None))
}

fn input_closed(thrown: &Thrown<'_, '_>) -> Option<Finding> {
    let closes = thrown.is(&["AttributeError", "TypeError"])
        && thrown.says("'Input' object")
        && (thrown.says("'close'") || thrown.says("context manager") || thrown.says("__e"));
    closes.then(|| {
        let message = "the application closed wsgi.input, which is the server's to close";
        thrown.finding_with(Mistake::InputClosed, message.to_owned(), None)
    })
}

/// A body that reads a file when it is closed already.
fn closed_file(thrown: &Thrown<'_, '_>) -> Option<Finding> {
    let closed = thrown.raised.r#in == RaisedIn::Iteration
        && thrown.is(&["ValueError"])
        && thrown.says("closed file");
    closed.then(|| thrown.finding(Mistake::BodyClosedFile, None))
}

/// The application cannot be called with environ and `start_response`.
fn signature(thrown: &Thrown<'_, '_>) -> Option<Finding> {
    let Thrown { case, raised, .. } = thrown;
    if let Some(found) = swapped(thrown) {
        return Some(found);
    }
    let arguments = ["argument", "takes", "positional", "missing"];
    if raised.r#type != "TypeError" || !arguments.iter().any(|word| thrown.says(word)) {
        return None;
    }
    let named = raised.message.split("()").next().unwrap_or_default();
    let by_the_server = raised.r#in == RaisedIn::Call && raised.calls.is_empty();
    if by_the_server {
        if let Some(found) = class_for_instance(thrown, named) {
            return Some(found);
        }
        let spot = definition(case, named);
        let message = format!(
            "the server calls the application with environ and start_response, and {}",
            raised.message
        );
        return Some(Finding::new(
            Mistake::AppSignature,
            message,
            spot,
            thrown.at,
        ));
    }
    // A middleware that calls an application in another way, or one that cannot be called so.
    let name = named.rsplit('.').next().unwrap_or_default();
    let tree = thrown.tree.as_ref()?;
    let exprs = thrown.exprs();
    let as_application = exprs.iter().any(|(_, expr)| is_application_call(expr));
    let inner = tree.functions(name).find_map(Node::function);
    if as_application && inner.is_none_or(|it| parameters(it).len() != 2) {
        let spot = definition(case, named);
        return Some(thrown.finding(Mistake::AppSignature, spot));
    }
    let is_application = tree
        .functions(name)
        .filter_map(Node::function)
        .any(|function| {
            parameters(function).len() == 2 && crate::diagnosis::source::is_application(function)
        });
    is_application.then(|| thrown.finding(Mistake::AppSignature, None))
}

/// The parameters in the other order: the dictionary is called.
fn swapped(thrown: &Thrown<'_, '_>) -> Option<Finding> {
    if !thrown.is(&["TypeError"]) || !thrown.says("'dict' object is not callable") {
        return None;
    }
    let tree = thrown.tree.as_ref()?;
    let called = thrown
        .exprs()
        .into_iter()
        .find_map(|(_, expr)| name(&call(expr)?.0.func))?;
    let function = tree.function_at(thrown.line)?.function()?;
    let names = parameters(function);
    let [first, second] = names[..] else {
        return None;
    };
    let is_swapped = first == called && is_start_response_name(first) && is_environ_name(second);
    let parameters = &*function.parameters;
    let code = tree.source.code(parameters);
    let mended = code
        .replacen(first, "\0", 1)
        .replacen(second, first, 1)
        .replacen('\0', second, 1);
    is_swapped.then(|| {
        let message = format!(
            "the server calls the application with environ first and start_response second: {}",
            told(thrown.raised)
        );
        let spot = Spot::of(thrown.file, tree.source.span(parameters.range()));
        let edit = Edit::replacing(tree.source, thrown.file, parameters.range(), &mended);
        thrown
            .finding_with(Mistake::AppSignature, message, Some(spot))
            .with_edit(edit)
    })
}

/// A class for the application, of which an instance would be one.
fn class_for_instance(thrown: &Thrown<'_, '_>, named: &str) -> Option<Finding> {
    let (kind, class) = thrown.case.callable()?;
    if kind != "class" || !named.ends_with("__init__") {
        return None;
    }
    thrown.case.trees().find_map(|(file, tree)| {
        let node = tree.class(class)?;
        let call = tree.methods(node, "__call__").next()?.function()?;
        let init = tree.methods(node, "__init__").next()?.function()?;
        if parameters(call).len() != 2 || !parameters(init).is_empty() {
            return None;
        }
        let mut statements = tree.nodes().filter(|it| it.function.is_none());
        let value = statements.find_map(|it| match it.stmt()? {
            Stmt::Assign(assign) => Some(&*assign.value).filter(|it| name(it) == Some(class)),
            _ => None,
        })?;
        let message = format!(
            "the application is the class {class}; it has to be an instance of it: {}",
            told(thrown.raised)
        );
        let spot = Spot::of(file, tree.source.span(value.range()));
        let edit = Edit::replacing(tree.source, file, value.range(), &format!("{class}()"));
        let finding = thrown.finding_with(Mistake::AppSignature, message, Some(spot));
        Some(finding.with_edit(edit))
    })
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
            Expr::BinOp(it) if matches!(it.op, Operator::Add | Operator::Mod) => {
                Mistake::BytesPlusStr
            }
            Expr::Compare(_) => Mistake::BodyBytesSplit,
            Expr::Call(_) => match method(expr) {
                Some((_, "join", _)) => Mistake::BytesPlusStr,
                Some((_, name, _)) if BYTES_METHODS.contains(&name) => Mistake::BodyBytesSplit,
                _ => continue,
            },
            _ => continue,
        };
        return Some(thrown.finding(slug, thrown.spot_of(&node)));
    }
    match tree.stmt_at(thrown.line)?.stmt()? {
        Stmt::AugAssign(it) => {
            let spot = Spot::of(thrown.file, tree.source.span(it.range()));
            Some(thrown.finding(Mistake::BytesPlusStr, Some(spot)))
        }
        _ => None,
    }
}

/// When it happened says what the client gets.
fn when(case: &Case<'_>, raised: &Raised, at: usize) -> Mistake {
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
        RaisedIn::Iteration if named_lazy => Mistake::RaisedLazily,
        _ if sent => Mistake::RaisedMidBody,
        RaisedIn::Iteration if lazy => Mistake::RaisedLazily,
        _ => Mistake::RaisedBeforeStart,
    }
}

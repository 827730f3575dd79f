//! Values that are made once and that each request adds to: the default of a parameter, a list of
//! the module's that the page is made of, and a dict of the module's that a form is put into.

use std::cell::LazyCell;

use ruff_python_ast::{Arguments, Expr, Keyword, Parameter, Stmt};
use ruff_text_size::{Ranged as _, TextRange, TextSize};

use super::look::{Look, at_each_file};
use super::state::{is_meant_for_all, is_safe, is_shared_part, of_visitor};
use super::{Finding, Remedy};
use crate::diagnosis::Spot;
use crate::diagnosis::case::Case;
use crate::diagnosis::source::{
    Node, Tree, argument, call, last_name, literal, look_up, method, name, parameters,
};
use crate::diagnosis::{Edit, Mistake};

/// Methods that add to a list, a set or a dict.
const ADDING: &[&str] = &["append", "extend", "insert", "add", "update", "setdefault"];
/// What a page has once.
const ONCE: &[&str] = &[
    "<!doctype",
    "<html",
    "<title",
    "<h1",
    "<body",
    "</h1",
    "</body",
    "</html",
];

pub fn find(case: &Case<'_>) -> Vec<Finding> {
    if !is_safe(case) {
        return Vec::new();
    }
    let mut found = defaults(case);
    found.extend(at_each_file(case, |look| {
        let ran = case.ran_nodes(look.file, look.tree);
        let found = page_of_all(look, &ran).or_else(|| form_of_all(look, &ran));
        found.into_iter().collect()
    }));
    found
}

/// Defaults that were seen to hold something when a function was called for the first time in this
/// request.
fn defaults(case: &Case<'_>) -> Vec<Finding> {
    let mut seen = Vec::new();
    let mut found = Vec::new();
    for calling in case.run.calls() {
        let Some((at, step)) = calling.steps.first() else {
            continue;
        };
        if seen.contains(&(calling.file, calling.function)) || !case.budget().take(1) {
            continue;
        }
        seen.push((calling.file, calling.function));
        let Some(tree) = case.tree(calling.file) else {
            continue;
        };
        let Some(function) = tree.function_at(step.place.line) else {
            continue;
        };
        let Some(definition) = function.function() else {
            continue;
        };
        if definition.name != *calling.function || is_meant_for_all(calling.function) {
            continue;
        }
        for it in definition.parameters.iter_non_variadic_params() {
            let own = it.parameter.name.as_str();
            let held = step.locals.iter().find(|(name, _)| name == own);
            let held = held.and_then(|(_, value)| value.as_deref());
            let held = held.filter(|it| !matches!(*it, "[]" | "{}" | "set()"));
            let (Some(default), Some(held)) = (&it.default, held) else {
                continue;
            };
            let is_default = is_empty(default)
                && !is_meant_for_all(own)
                && !is_handed(case, &tree, function, own)
                && is_kept(case, &tree, function, own);
            if is_default {
                let message = format!(
                    "the default of {own} is made once, for all calls of {}(): it held {held}, from an earlier \
                     request, when this one came",
                    calling.function
                );
                let spot = Spot::of(calling.file, tree.source.span(it.range()));
                let finding = Finding::new(Mistake::RequestStateGlobal, message, Some(spot), *at);
                let edit = own_default(&tree, calling.file, function, &it.parameter, default);
                let example = format!(
                    "def {}({own}=None):\n    if {own} is None:\n        {own} = {}",
                    calling.function,
                    tree.source.code(&**default)
                );
                found.push(finding.with(edit.map_or(Remedy::Example(example), Remedy::Edit)));
            }
        }
    }
    found
}

/// Whether an expression is an empty list, dict or set.
fn is_empty(expr: &Expr) -> bool {
    match expr {
        Expr::List(it) => it.elts.is_empty(),
        Expr::Dict(it) => it.items.is_empty(),
        _ => call(expr).is_some_and(|(call, called)| {
            matches!(called, "list" | "dict" | "set") && call.arguments.is_empty()
        }),
    }
}

/// Whether a call in the project may hand over a value for a parameter: with one more argument, or
/// by somebody else, whom the function was handed to.
fn is_handed(case: &Case<'_>, tree: &Tree<'_>, function: &Node<'_>, parameter: &str) -> bool {
    let Some(definition) = function.function() else {
        return true;
    };
    let place = parameters(definition)
        .iter()
        .position(|it| *it == parameter);
    let called = tree.called_as(function, definition);
    let hands_over = |given: &Arguments| {
        let by_place = place.is_some_and(|it| given.args.len() > it);
        let by_name = |it: &Keyword| it.arg.as_ref().is_none_or(|it| it.as_str() == parameter);
        by_place
            || given.args.iter().any(Expr::is_starred_expr)
            || given.keywords.iter().any(by_name)
    };
    case.trees().any(|(_, tree)| {
        let mut calls = tree.calls(called).filter_map(|node| call(node.expr()?));
        calls.any(|(call, _)| hands_over(&call.arguments))
            || tree
                .calls("partial")
                .chain(tree.calls("Thread"))
                .any(|node| {
                    let inside = tree.inside(node).filter_map(Node::expr);
                    let mut names = inside.filter_map(last_name);
                    names.any(|it| it == called)
                })
    })
}

/// Whether a function adds something of the visitor's to a parameter, and nobody could mean that as
/// a cache: nothing is looked up in it by a key of its own.
fn is_kept(case: &Case<'_>, tree: &Tree<'_>, function: &Node<'_>, own: &str) -> bool {
    let inside = tree.scope(Some(function));
    if !case.budget().take(inside.len()) {
        return false;
    }
    let is_own = |it: &Expr| name(it) == Some(own);
    let is_cache = inside.iter().filter_map(Node::expr).any(|it| match it {
        Expr::Compare(it) => it.comparators.iter().any(is_own),
        Expr::Subscript(it) => is_own(&it.value) && !it.slice.is_literal_expr(),
        Expr::Call(_) => method(it).is_some_and(|(on, called, call)| {
            let is_looked_up = matches!(called, "get" | "pop" | "setdefault");
            let key = argument(call, 0);
            is_own(on)
                && (is_looked_up && key.is_some_and(|it| !it.is_literal_expr())
                    || called == "clear")
        }),
        _ => false,
    });
    let adds = inside.iter().any(|node| {
        let added: Vec<&Expr> = match (node.stmt(), node.expr()) {
            (Some(Stmt::AugAssign(it)), _) if is_own(&it.target) => vec![&it.value],
            (Some(Stmt::Assign(it)), _) => {
                let is_item = |it: &Expr| matches!(it, Expr::Subscript(it) if is_own(&it.value));
                let into = it.targets.iter().any(is_item);
                into.then_some(&*it.value).into_iter().collect()
            }
            (_, Some(it)) => match method(it) {
                Some((on, called, call)) if is_own(on) && ADDING.contains(&called) => {
                    let keywords = call.arguments.keywords.iter().map(|it| &it.value);
                    call.arguments.args.iter().chain(keywords).collect()
                }
                _ => Vec::new(),
            },
            _ => Vec::new(),
        };
        let mut added = added.into_iter();
        added.any(|it| tree.all_makings_of(it).into_iter().any(of_visitor))
    });
    adds && !is_cache
}

/// The head of a function with None as the default, and a value for each call behind it.
fn own_default(
    tree: &Tree<'_>,
    file: &str,
    function: &Node<'_>,
    parameter: &Parameter,
    default: &Expr,
) -> Option<Edit> {
    let source = tree.source;
    let definition = function.function()?;
    let mut body = definition.body.iter();
    let first = body.find(|it| {
        let is_text = |it: &Expr| it.is_string_literal_expr();
        !matches!(it, Stmt::Expr(it) if is_text(&it.value))
    })?;
    let line = source.line_of(first.range().start());
    let end = line.checked_sub(1)?;
    if end < source.line_of(default.end()) {
        return None;
    }
    let last = TextSize::try_from(source.start_of(end) + source.line(end).len()).ok()?;
    let after = source.code(&TextRange::new(default.end(), last));
    let inner = source.indent_of(line);
    let step = inner.strip_prefix(source.indent_of(source.line_of(definition.name.start())))?;
    let (own, empty) = (&parameter.name, source.code(default));
    let code = format!("None{after}\n{inner}if {own} is None:\n{inner}{step}{own} = {empty}");
    Edit::replacing(source, file, TextRange::new(default.start(), last), &code)
}

/// A list of the module's that each request adds a page to: the page was seen to hold more than was
/// added.
fn page_of_all<'a>(look: &Look<'a, '_>, ran: &[Node<'a>]) -> Option<Finding> {
    let tree = look.tree;
    // Most files append no page.
    let body = LazyCell::new(|| {
        let body = &look.case.exchange().now().body.kept;
        String::from_utf8_lossy(body).to_ascii_lowercase()
    });
    ran.iter().find_map(|node| {
        let (on, called, call) = method(node.expr()?)?;
        let list = name(on).filter(|_| called == "append")?;
        let text = match argument(call, 0)? {
            Expr::BytesLiteral(it) => String::from_utf8(it.value.bytes().collect()).ok()?,
            it => literal(it)?.to_owned(),
        };
        let text = text.to_ascii_lowercase();
        let is_page = ONCE.iter().any(|it| text.contains(it));
        let is_shared = || is_shared_part(tree, node, list);
        let is_list = || {
            let values = tree.index.assigned(None, list);
            values.len() == 1 && values.iter().all(|it| is_empty(it))
        };
        if !is_page || !is_list() || !is_shared() || is_emptied(tree, list) {
            return None;
        }
        let steps = look.case.run.steps().iter();
        let added = steps.filter(|(_, step)| {
            step.place.file == look.file && step.place.line == node.line
        });
        let (added, shown) = (added.count(), body.matches(&text).count());
        let message = format!(
            "{list} keeps what earlier requests added: this one added {} once, and the page has it {shown} \
             times",
            tree.source.code(argument(call, 0)?)
        );
        (added == 1 && shown > 1).then(|| {
            let finding = look.finding(Mistake::RequestStateGlobal, message, node);
            finding.with(Remedy::Example(format!(
                "def application(environ, start_response):\n    {list} = []"
            )))
        })
    })
}

/// Whether anything is taken out of a list or a dict, as far as the budget tells.
fn is_emptied(tree: &Tree<'_>, variable: &str) -> bool {
    let is_it = |it: &Expr| name(it) == Some(variable);
    let is_called = ["clear", "pop", "popitem", "remove", "popleft"]
        .iter()
        .flat_map(|it| tree.calls(it))
        .filter_map(|node| method(node.expr()?))
        .any(|(on, ..)| is_it(on));
    let mut nodes = tree.nodes();
    if is_called || !tree.budget.take(nodes.size_hint().0) {
        return true;
    }
    nodes.any(|node| match node.stmt() {
        Some(Stmt::Delete(it)) => it.targets.iter().any(|it| match it {
            Expr::Subscript(it) => is_it(&it.value),
            other => is_it(other),
        }),
        Some(Stmt::Assign(it)) => it.targets.iter().any(
            |it| matches!(it, Expr::Subscript(it) if is_it(&it.value) && it.slice.is_slice_expr()),
        ),
        Some(Stmt::Global(it)) => it.names.iter().any(|it| it.as_str() == variable),
        _ => false,
    })
}

/// A dict of the module's that the fields of a form or a query are put into: those that the next
/// visitor does not send are still there.
fn form_of_all<'a>(look: &Look<'a, '_>, ran: &[Node<'a>]) -> Option<Finding> {
    let tree = look.tree;
    ran.iter().find_map(|node| {
        let dict = fields_into(tree, node)?;
        let values = tree.index.assigned(None, dict);
        let is_dict = |it: &&Expr| {
            it.is_dict_expr() || call(it).is_some_and(|(_, called)| called == "dict")
        };
        let is_shared = values.len() == 1
            && values.iter().all(is_dict)
            && !is_meant_for_all(dict)
            && is_shared_part(tree, node, dict)
            && !is_emptied(tree, dict);
        let is_read = |it: &Node<'a>| {
            let found = it.expr().and_then(look_up);
            found.is_some_and(|it| name(it.container) == Some(dict))
        };
        let message = format!(
            "{dict} keeps what this request sent: the next one finds there what it does not send itself"
        );
        (is_shared && ran.iter().any(is_read)).then(|| {
            let finding = look.finding(Mistake::RequestStateGlobal, message, node);
            let example = format!("{} = {{}}  # in the function", dict.to_lowercase());
            finding.with(Remedy::Example(example)).latent()
        })
    })
}

/// The dict that a statement puts the fields of a visitor's into, each under its own name.
fn fields_into<'a>(tree: &Tree<'a>, node: &Node<'a>) -> Option<&'a str> {
    match (node.stmt(), node.expr()) {
        (Some(Stmt::Assign(it)), _) => {
            let [Expr::Subscript(target)] = &it.targets[..] else {
                return None;
            };
            let key = name(&target.slice)?;
            let mut looped = tree.index.looped(node.function, key).iter();
            let is_form = looped.any(|it| tree.all_makings_of(it).into_iter().any(is_parsed));
            name(&target.value).filter(|_| is_form)
        }
        (_, Some(expr)) => {
            let (on, called, call) = method(expr)?;
            let given = argument(call, 0).filter(|_| called == "update")?;
            let is_form = tree.origins_of(given).into_iter().any(|it| match it {
                Expr::DictComp(it) => {
                    let iters = it.generators.iter().map(|it| &it.iter);
                    let mut makings = iters.flat_map(|it| tree.all_makings_of(it));
                    makings.any(is_parsed)
                }
                it => is_parsed(it),
            });
            name(on).filter(|_| is_form)
        }
        _ => None,
    }
}

fn is_parsed(expr: &Expr) -> bool {
    call(expr).is_some_and(|(_, called)| matches!(called, "parse_qs" | "parse_qsl"))
}

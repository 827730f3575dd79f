//! A cookie that is lost since another one was put in its place: `headers['Set-Cookie'] = …` keeps
//! one header of the name (RFC 6265, section 3: each cookie has a header of its own).

use std::collections::HashSet;

use ruff_python_ast::{Expr, Stmt};
use ruff_text_size::Ranged as _;

use super::cookies::is_set_cookie;
use super::{Finding, Remedy};
use crate::diagnosis::Mistake;
use crate::diagnosis::Spot;
use crate::diagnosis::case::Case;
use crate::diagnosis::source::{Node, Tree, call, literal, name};
use crate::exchange::{Blame, EventKind};

pub fn find(case: &Case<'_>) -> Vec<Finding> {
    let starts = case.run.kinds().filter_map(|(at, kind)| match kind {
        EventKind::StartResponse(started) => Some((at, started)),
        _ => None,
    });
    let mut one_cookie = starts.filter(|(_, started)| {
        let names = started.headers.iter().map(|(name, _)| name);
        names.filter(|name| is_set_cookie(name)).count() == 1
    });
    let found = one_cookie.find_map(|(at, _)| replaced(case, at));
    found.into_iter().collect()
}

/// A `Set-Cookie` that ran, and the variable that it was put into.
struct Put<'a> {
    variable: &'a str,
    function: Option<usize>,
    value: &'a Expr,
    /// The first and the last line of its statement. A Python may tell another one than the first.
    line: u32,
    end: u32,
}

impl Put<'_> {
    fn covers(&self, line: u32) -> bool {
        (self.line..=self.end).contains(&line)
    }
}

/// The last of several cookies that were put into one variable before an event.
fn replaced(case: &Case<'_>, before: usize) -> Option<Finding> {
    case.trees().find_map(|(file, tree)| {
        let ran = case.ran_nodes(file, &tree);
        // Not each Python tells the first line of a statement over several lines.
        let statements = ran.iter().filter_map(|node| tree.statement_of(node));
        let mut seen = HashSet::new();
        let statements = statements.filter(|node| seen.insert(node.at));
        let puts: Vec<Put<'_>> = statements.filter_map(|node| put(&tree, node)).collect();
        let last = puts.iter().rev().find(|last| {
            let of_one = puts.iter().filter(|it| {
                (it.variable, it.function) == (last.variable, last.function)
                    && it.line != last.line
                    && !is_same_cookie(it.value, last.value)
            });
            is_last_of(case, file, last, of_one) || is_repeated(case, file, &tree, last, before)
        })?;
        let message = "this replaces the Set-Cookie before it: one header of that name is left, and one \
                       cookie is lost";
        let place = Blame {
            file: file.to_owned(),
            line: last.line,
        };
        let has_add = tree.assigned(last.variable, last.function).iter().any(|it| {
            call(it).is_some_and(|(_, called)| called == "Headers")
        });
        let example = if has_add {
            format!("{}.add_header('Set-Cookie', value)", last.variable)
        } else {
            "headers = [('Set-Cookie', first), ('Set-Cookie', second)]".to_owned()
        };
        let spot: Spot = case.line(&place);
        let finding = Finding::new(Mistake::HeadersThroughDict, message, Some(spot), before);
        Some(finding.with(Remedy::Example(example)))
    })
}

/// The cookie that a node puts into a variable: `headers['Set-Cookie'] = value`, or a `dict` with
/// that key.
fn put<'a>(tree: &Tree<'a>, node: &Node<'a>) -> Option<Put<'a>> {
    let Some(Stmt::Assign(assign)) = node.stmt() else {
        return None;
    };
    let [target] = &assign.targets[..] else {
        return None;
    };
    let line = tree.source.line_of(assign.range().start());
    let end = tree.source.line_of(assign.range().end());
    let (variable, value) = match (target, &*assign.value) {
        (Expr::Subscript(it), value) => {
            let is_cookie = literal(&it.slice).is_some_and(is_set_cookie);
            (name(&it.value).filter(|_| is_cookie)?, value)
        }
        (Expr::Name(it), Expr::Dict(dict)) => {
            let mut items = dict.items.iter();
            let is_cookie = |key: &Expr| literal(key).is_some_and(is_set_cookie);
            let item = items.find(|it| it.key.as_ref().is_some_and(is_cookie))?;
            (it.id.as_str(), &item.value)
        }
        _ => return None,
    };
    Some(Put {
        variable,
        function: node.function,
        value,
        line,
        end,
    })
}

/// Whether one call ran this put and, before it, another one.
fn is_last_of<'p, 'a: 'p>(
    case: &Case<'_>,
    file: &str,
    last: &Put<'a>,
    others: impl Iterator<Item = &'p Put<'a>>,
) -> bool {
    let others: Vec<&Put<'_>> = others.collect();
    let is_other = |line| others.iter().any(|it| it.covers(line));
    case.run
        .calls()
        .filter(|it| it.file == file)
        .any(|calling| {
            let lines = || calling.steps.iter().map(|(_, step)| step.place.line);
            let end = lines().position(|line| last.covers(line));
            end.is_some_and(|end| lines().take(end).any(is_other))
        })
}

/// Whether a loop ran it more than once in one call. A statement over several lines is seen several
/// times while it runs once.
fn is_repeated(case: &Case<'_>, file: &str, tree: &Tree<'_>, put: &Put<'_>, before: usize) -> bool {
    let statement = tree.stmt_at(put.line);
    let in_loop = statement.is_some_and(|node| {
        let mut around = tree.around(node).take_while(|it| it.function().is_none());
        around.any(|it| matches!(it.stmt(), Some(Stmt::For(_) | Stmt::While(_))))
    });
    in_loop
        && put.end == put.line
        && is_of_each(tree, put)
        && case
            .run
            .calls()
            .filter(|it| it.file == file)
            .any(|calling| {
                let steps = calling.before(before).iter();
                steps
                    .filter(|(_, step)| step.place.line == put.line)
                    .count()
                    > 1
            })
}

/// Whether a value is made of what the loop goes through.
fn is_of_each(tree: &Tree<'_>, put: &Put<'_>) -> bool {
    let Some(node) = tree.node_of(put.value) else {
        return false;
    };
    let mut inside = tree.inside(node).chain([node]).filter_map(Node::expr);
    inside.any(|it| name(it).is_some_and(|it| !tree.index.looped(put.function, it).is_empty()))
}

/// Whether two values are those of one cookie, as far as its name stands there: the later one is
/// meant to take the place of the other.
fn is_same_cookie(one: &Expr, other: &Expr) -> bool {
    match (cookie_name(one), cookie_name(other)) {
        (Some(one), Some(other)) => one == other,
        _ => false,
    }
}

fn cookie_name(value: &Expr) -> Option<&str> {
    let text = match value {
        Expr::BinOp(it) => literal(&it.left),
        Expr::Call(it) => match &*it.func {
            Expr::Attribute(it) => literal(&it.value),
            _ => None,
        },
        Expr::FString(it) => {
            let first = it.value.elements().next();
            first.and_then(|it| it.as_literal()).map(|it| &*it.value)
        }
        other => literal(other),
    };
    text?.split_once('=').map(|(name, _)| name.trim())
}

//! Middleware that iterates the body of an application inside, and never closes it (PEP 3333,
//! Specification Details: `close()` is called whether the request was completed or ended early).
//!
//! What happened comes first: where the body is an object of the project's, its `close()` ran or it
//! did not. Where nothing of it can be seen, as for a file, the text of the wrapper decides.

use std::rc::Rc;

use ruff_python_ast::{Expr, Stmt};
use ruff_text_size::Ranged as _;

use super::Finding;
use super::look::{Look, at_each_file, while_steps_last};
use crate::diagnosis::Mistake;
use crate::diagnosis::case::Case;
use crate::diagnosis::source::{
    Node, Tree, argument, call, is_application, last_name, literal, name,
};
use crate::exchange::{EventKind, RaisedIn};

/// What takes a body and neither closes nor keeps it.
const HARMLESS: &[&str] = &[
    "iter",
    "next",
    "map",
    "filter",
    "zip",
    "enumerate",
    "chain",
    "from_iterable",
    "islice",
    "list",
    "tuple",
    "sorted",
    "reversed",
    "join",
    "len",
    "isinstance",
    "hasattr",
    "getattr",
    "callable",
    "type",
    "repr",
    "str",
    "print",
    "id",
    "bool",
    "append",
];

/// What closes what it is given.
const CLOSERS: &[&str] = &["closing", "ClosingIterator", "FileWrapper", "file_wrapper"];

pub fn find(case: &Case<'_>) -> Vec<Finding> {
    if cut_off(case) {
        return Vec::new();
    }
    at_each_file(case, |look| {
        let ran = case.ran_nodes(look.file, look.tree);
        while_steps_last(case, ran.iter(), |node| look.never_closes(node))
    })
}

/// Whether the call ended in a way that leaves nobody a chance to close anything.
fn cut_off(case: &Case<'_>) -> bool {
    case.run.kinds().any(|(_, kind)| match kind {
        EventKind::TimedOut(_)
        | EventKind::WorkerDied { .. }
        | EventKind::Superseded
        | EventKind::Interrupted { .. } => true,
        EventKind::Raised(raised) => raised.r#in == RaisedIn::Close,
        _ => false,
    })
}

/// What an application inside returned, as far as its lines tell.
enum Inner<'a> {
    /// A generator of the project's.
    Generator,
    /// An object of a class of the project's that has a `close()`: its name, and whether that ran.
    Closable(&'a str, bool),
    /// A file, a list, or something of which nothing is known.
    Unknown,
}

impl<'a> Look<'a, '_> {
    fn never_closes(&self, node: &Node<'a>) -> Option<Finding> {
        let (iterated, kind) = iterated_by(node)?;
        let inner = self.call_inside(iterated)?;
        let from = matches!(kind, Iterates::From);
        let message = match self.returned_by(inner) {
            // close() of the outer generator goes on to the inner one.
            Inner::Generator if from => return None,
            Inner::Closable(_, true) => return None,
            Inner::Closable(class, false) => {
                format!("the body is of the class {class}, and its close() did not run")
            }
            _ if self.closes(node, iterated, inner) => return None,
            _ => "the body of the application inside is iterated, and its close() is never called"
                .to_owned(),
        };
        let tree = self.tree;
        let place = match kind {
            Iterates::Loop => tree.node_of(iterated)?,
            _ => node,
        };
        Some(self.finding(Mistake::CloseSwallowed, message, place))
    }

    /// What the call of an application gave in this exchange.
    fn returned_by(&self, inner: &'a Expr) -> Inner<'a> {
        self.find_returned(inner).unwrap_or(Inner::Unknown)
    }

    fn find_returned(&self, inner: &'a Expr) -> Option<Inner<'a>> {
        let case = self.case;
        let statement = self.tree.statement_of(self.tree.node_of(inner)?)?;
        let (calling, at, end) = case.run.step_in(self.file, statement)?;
        let answer = |line: u32, file: &str| {
            let tree = case.tree(file)?;
            let function = *tree.function_at(line)?;
            is_application(function.function()?).then_some((tree, function))
        };
        let inside = case.run.calls_between(calling.depth + 1, at, end);
        let (inside, tree, function) = inside.into_iter().find_map(|inside| {
            let (_, first) = inside.steps.first()?;
            let (tree, function) = answer(first.place.line, inside.file)?;
            Some((inside, tree, function))
        })?;
        if tree.index.is_generator(function.at) {
            return Some(Inner::Generator);
        }
        if inside.function == "__init__" {
            let class = tree.class_around(&function)?;
            return closable(case, inside.file, &tree, class);
        }
        let made = case.made_by(inside, at, end)?;
        let function = made.tree.function_at(made.line);
        if function.is_some_and(|it| made.tree.index.is_generator(it.at)) {
            return Some(Inner::Generator);
        }
        made.tree.origins_of(made.expr?).into_iter().find_map(|it| {
            let (_, called) = call(it)?;
            let called = made.tree.imported(called);
            case.trees().find_map(|(file, tree)| {
                let class = tree.class(called)?;
                closable(case, file, &tree, class)
            })
        })
    }

    /// Whether something in this file closes the body, as far as its text tells.
    fn closes(&self, node: &Node<'a>, iterated: &Expr, inner: &'a Expr) -> bool {
        let tree = self.tree;
        let hands_on = |class: &Node<'a>| tree.methods(class, "__getattr__").next().is_some();
        if tree.class_around(node).is_some_and(hands_on) {
            return true;
        }
        let same = |expr: &Expr| self.is_body(node, expr, iterated, inner);
        let asked = [
            "closing",
            "ClosingIterator",
            "callback",
            "enter_context",
            "push",
        ];
        let gives = asked.iter().flat_map(|called| tree.calls(called));
        let gives = gives.filter_map(|node| argument(call(node.expr()?)?.0, 0));
        let gives = gives.flat_map(|given| tree.origins_of(given));
        if gives
            .into_iter()
            .any(|given| same(given) || std::ptr::eq(given, inner))
        {
            return true;
        }
        // close = getattr(body, 'close', None), or whatever name was asked for.
        let gets = tree.calls("getattr").any(|node| {
            let Some((call, _)) = node.expr().and_then(call) else {
                return false;
            };
            let named = argument(call, 1).map(|it| literal(it).unwrap_or("close"));
            named == Some("close") && argument(call, 0).is_some_and(same)
        });
        let closed = |node: &Node<'a>| match node.expr() {
            Some(Expr::Attribute(it)) => it.attr == *"close" && same(&it.value),
            _ => false,
        };
        gets || tree
            .at_all(tree.index.attributes_named("close"))
            .any(closed)
            || self.given_away(node, iterated, inner)
    }

    /// Whether an expression is the body, or may be.
    fn is_body(&self, node: &Node<'a>, expr: &Expr, iterated: &Expr, inner: &Expr) -> bool {
        let tree = self.tree;
        let origins = tree.origins_of(expr);
        if origins.iter().any(|origin| std::ptr::eq(*origin, inner)) {
            return true;
        }
        let Some(place) = tree.node_of(expr) else {
            return false;
        };
        let around = |outer: Option<usize>| {
            outer.is_some_and(|outer| {
                place.function == Some(outer) || tree.around(place).any(|it| it.at == outer)
            })
        };
        let class = |it: &Node<'a>| tree.class_around(it).map(|it| it.at);
        let near = around(node.function) || around(class(node));
        // The body of an enclosing function.
        if near && name(expr).is_some() && name(expr) == name(iterated) {
            return true;
        }
        let variable = name(expr).unwrap_or_default();
        let looped = !tree.index.looped(place.function, variable).is_empty();
        let known = origins
            .iter()
            .any(|it| !matches!(it, Expr::Name(_) | Expr::Attribute(_)));
        near && !known && !looped
    }

    /// Whether anything in a function or class is called `close`, or asked for by this name.
    fn speaks_of_close(&self, outer: &Node<'a>) -> bool {
        self.tree
            .inside(outer)
            .filter_map(Node::expr)
            .any(|it| last_name(it) == Some("close") || literal(it) == Some("close"))
    }

    /// Whether the body is handed to something that may close it: of another file, or that closes
    /// something.
    fn given_away(&self, node: &Node<'a>, iterated: &Expr, inner: &'a Expr) -> bool {
        let tree = self.tree;
        let function = tree.function_around(node);
        let mut inside = function.into_iter().flat_map(|it| tree.inside(it));
        inside.any(|other| {
            let Some((outer, called)) = other.expr().and_then(call) else {
                return false;
            };
            if called.is_empty() || HARMLESS.contains(&called) || std::ptr::eq(iterated, inner) {
                return false;
            }
            // What is in this file and speaks of no close() does not close it.
            let mut known = tree.functions(called).chain(tree.class(called)).peekable();
            let open = known.peek().is_some() && !known.any(|it| self.speaks_of_close(it));
            let mut given = outer.arguments.args.iter();
            (!open || CLOSERS.contains(&called))
                && given.any(|it| {
                    last_name(it).is_some()
                        && tree
                            .origins_of(it)
                            .iter()
                            .any(|it| std::ptr::eq(*it, inner))
                })
        })
    }
}

/// How a body is iterated.
enum Iterates {
    /// By a `for` statement.
    Loop,
    /// By `yield from`.
    From,
    Other,
}

/// What a node iterates.
fn iterated_by<'a>(node: &Node<'a>) -> Option<(&'a Expr, Iterates)> {
    Some(match (node.stmt(), node.expr()) {
        (Some(Stmt::For(it)), _) => (&*it.iter, Iterates::Loop),
        (_, Some(Expr::YieldFrom(it))) => (&*it.value, Iterates::From),
        (_, Some(Expr::Generator(it))) => (&it.generators.first()?.iter, Iterates::Other),
        (_, Some(Expr::ListComp(it))) => (&it.generators.first()?.iter, Iterates::Other),
        (_, Some(expr @ Expr::Call(_))) => {
            let (call, called) = call(expr)?;
            let place = match called {
                "map" | "filter" => 1,
                "iter" => 0,
                _ => return None,
            };
            (argument(call, place)?, Iterates::Other)
        }
        _ => return None,
    })
}

/// A class with a `close()` of its own, and whether a line of that ran.
fn closable<'a>(
    case: &Case<'a>,
    file: &'a str,
    tree: &Rc<Tree<'a>>,
    class: &Node<'a>,
) -> Option<Inner<'a>> {
    let Some(Stmt::ClassDef(definition)) = class.stmt() else {
        return None;
    };
    let mut methods = tree.methods(class, "close");
    let close = methods.find(|it| it.parent == Some(class.at))?;
    let body = &close.function()?.body;
    // A docstring is no line that runs, nor is what stands on the line of the def; a `pass` is one
    // where it stands alone.
    let runs = |it: &Stmt| match it {
        Stmt::Pass(_) if body.len() > 1 => false,
        Stmt::Expr(it) if it.value.is_literal_expr() => false,
        it => tree.source.line_of(it.start()) > close.line,
    };
    if !body.iter().any(runs) {
        return None;
    }
    let traced = !case
        .run
        .kinds()
        .any(|(_, kind)| matches!(kind, EventKind::TraceStopped { .. }));
    let ran = tree.inside(close).any(|it| case.run.ran(file, it.line));
    (ran || traced).then_some(Inner::Closable(definition.name.as_str(), ran))
}

//! One exchange with its sources, as the rules look at them; and where a value was made.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use ruff_python_ast::{Expr, Stmt};
use ruff_text_size::Ranged as _;

use super::budget::Budget;
use super::caught::Caught;
use super::project_files::Files;
use super::run::{Calling, Run};
use super::source::{
    Node, PythonVersion, Source, Tree, call, holds, is_environ_name, is_start_response_name, name,
    parameters,
};
use super::spot::Spot;
use crate::exchange::{Blame, BlockSource, EnvironEntry, EventKind, Exchange};

/// Calls that a value is not followed through.
const MAX_CALLS: usize = 12;

/// Where a value was made: a line of a call, and the expression if it is found.
#[derive(Debug, Clone)]
pub struct Made<'a> {
    pub tree: Rc<Tree<'a>>,
    pub file: &'a str,
    pub line: u32,
    pub expr: Option<&'a Expr>,
}

impl Made<'_> {
    pub fn spot(&self) -> Spot {
        let source = self.tree.source;
        let span = match self.expr {
            Some(expr) => source.span(expr.range()),
            None => source.whole_line(self.line),
        };
        Spot::of(self.file, span)
    }
}

/// An exchange and its sources.
pub struct Case<'a> {
    pub run: Run<'a>,
    /// The exception that a framework answered with 500.
    pub caught: Option<&'a Caught>,
    project: &'a dyn Files<'a>,
    /// The files the rules look into, and the nodes of each that ran: every rule asks for them.
    files: Rc<[&'a str]>,
    ran: RefCell<BTreeMap<&'a str, Rc<[Node<'a>]>>>,
}

impl<'a> Case<'a> {
    pub fn new(
        exchange: &'a Exchange,
        project: &'a dyn Files<'a>,
        caught: Option<&'a Caught>,
    ) -> Self {
        let run = Run::new(exchange);
        let main = project.main();
        let mut others = run.files();
        if let Some(main) = main {
            others.remove(main);
        }
        Self {
            run,
            caught,
            project,
            files: main.into_iter().chain(others).collect(),
            ran: RefCell::default(),
        }
    }

    pub fn exchange(&self) -> &'a Exchange {
        self.run.exchange
    }

    pub fn budget(&self) -> &Budget {
        self.project.budget()
    }

    pub fn source(&self, file: &str) -> Option<&'a Source> {
        self.project.source(file)
    }

    /// The version of the Python that ran it, where it is known.
    pub fn python(&self) -> Option<PythonVersion> {
        self.project.python()
    }

    /// The syntax tree of a file, if it is known and is Python.
    pub fn tree(&self, file: &str) -> Option<Rc<Tree<'a>>> {
        self.project.tree(file)
    }

    /// The files the rules look into that are Python, each with its tree: the application's own
    /// first.
    pub fn trees(&self) -> impl Iterator<Item = (&'a str, Rc<Tree<'a>>)> {
        let files = self.files.iter();
        files.filter_map(|&file| Some((file, self.tree(file)?)))
    }

    /// A whole line.
    pub fn line(&self, place: &Blame) -> Spot {
        match self.source(&place.file) {
            Some(source) => Spot::of(&place.file, source.whole_line(place.line)),
            None => Spot {
                file: place.file.clone(),
                line: place.line,
                columns: None,
            },
        }
    }

    /// Whether a node is on a line that ran.
    pub fn ran(&self, file: &str, tree: &Tree<'_>, node: &Node<'_>) -> bool {
        // A statement over several lines runs as one.
        let statement = tree.at(node.statement).map_or(node.line, |it| it.line);
        self.run.ran(file, node.line) || node.stmt().is_none() && self.run.ran(file, statement)
    }

    /// The statements of a file whose first line ran, and the expressions that ran, in order.
    pub fn ran_nodes(&self, file: &'a str, tree: &Tree<'a>) -> Rc<[Node<'a>]> {
        let mut ran = self.ran.borrow_mut();
        let nodes = ran.entry(file).or_insert_with(|| {
            // Places are moved about in less time than nodes.
            let mut places: Vec<usize> = Vec::new();
            for line in self.run.lines_of(file) {
                for node in tree.at_all(tree.index.beginning_on(line)) {
                    places.push(node.at);
                    // A statement over several lines runs as one.
                    if node.stmt().is_some() {
                        places.extend(tree.own_exprs(node).map(|it| it.at));
                    }
                }
            }
            places.sort_unstable();
            places.dedup();
            self.budget().take(places.len());
            places
                .iter()
                .filter_map(|&it| tree.at(it))
                .copied()
                .collect()
        });
        Rc::clone(nodes)
    }

    /// Whether the project puts this key into environ, or into anything else, itself.
    pub fn sets_key(&self, key: &str) -> bool {
        let changed = self.run.kinds().any(|(_, kind)| match kind {
            EventKind::EnvironChanged { changes } => changes.iter().any(|it| it.key == key),
            _ => false,
        });
        changed || self.trees().any(|(_, tree)| tree.index.sets_key(key))
    }

    /// Whether the project asks with `in` whether there is this key.
    pub fn asks_for_key(&self, key: &str) -> bool {
        self.trees().any(|(_, tree)| tree.index.asks_for_key(key))
    }

    /// Whether the project has this literal `str` anywhere.
    pub fn mentions(&self, text: &str) -> bool {
        self.trees().any(|(_, tree)| tree.mentions(text))
    }

    /// A key of environ as the application received it.
    pub fn entry(&self, key: &str) -> Option<&'a EnvironEntry> {
        let environ = &self.exchange().now().environ;
        environ.iter().find(|entry| entry.key == key)
    }

    /// The text of a key of environ as the application received it, if it is a `str` without
    /// escapes.
    pub fn environ(&self, key: &str) -> Option<&'a str> {
        let entry = self.entry(key)?;
        let repr = entry.repr.strip_prefix('\'')?.strip_suffix('\'')?;
        (!repr.contains('\\')).then_some(repr)
    }

    /// Whether environ had this key.
    pub fn has_key(&self, key: &str) -> bool {
        self.entry(key).is_some()
    }

    /// What was called, as in `function application`: the kind and the name.
    pub fn callable(&self) -> Option<(&'a str, &'a str)> {
        self.run.kinds().find_map(|(_, kind)| match kind {
            EventKind::AppCalled { callable } => callable.rsplit_once(' '),
            _ => None,
        })
    }

    /// Where what the application returned was made.
    pub fn returned(&self) -> Option<Made<'a>> {
        self.ways_of_returned().pop()
    }

    /// The calls that gave what the application returned, from the application to the one that made
    /// it.
    pub fn ways_of_returned(&self) -> Vec<Made<'a>> {
        let returned = |kind: &EventKind| matches!(kind, EventKind::Returned { .. });
        let Some((end, _)) = self.run.kinds().find(|(_, kind)| returned(kind)) else {
            return Vec::new();
        };
        match self.run.application() {
            Some(calling) if calling.last_before(end).is_some() => self.made_in(calling, 0, end),
            _ => self.returned_by_its_text().into_iter().collect(),
        }
    }

    /// The last return of the application, where nothing tells which one ran.
    fn returned_by_its_text(&self) -> Option<Made<'a>> {
        let file = self.project.main()?;
        let tree = self.tree(file)?;
        let (kind, name) = self.callable()?;
        let function = if kind == "function" {
            tree.functions(name).next()?
        } else {
            let class = tree.class(name)?;
            tree.methods(class, "__call__").next()?
        };
        let expr = *tree.returned_by(function).last()?;
        let line = tree.node_of(expr)?.line;
        Some(Made {
            file,
            line,
            expr: Some(expr),
            tree: Rc::clone(&tree),
        })
    }

    /// Whether a function had a part in the body: it returned it, or gave one of its first blocks.
    pub fn gave_body(&self, file: &str, function: &Node<'a>) -> bool {
        const BLOCKS: usize = 20;
        let is_it = |made: Made<'a>| {
            made.file == file && made.tree.index.function_at(made.line) == Some(function.at)
        };
        let blocks = self.run.blocks().take(BLOCKS);
        let mut blocks = blocks.filter_map(|(at, _)| self.block(at));
        self.ways_of_returned().into_iter().any(is_it) || blocks.any(is_it)
    }

    /// Where a block of the body was made, by the place of what came of it among the events: a line
    /// that yields it, or returns it from `__next__`. Nothing for the items of a list.
    pub fn block(&self, event: usize) -> Option<Made<'a>> {
        let is_border = |kind: &EventKind| {
            matches!(
                kind,
                EventKind::Returned { .. }
                    | EventKind::Block {
                        source: BlockSource::Iterable,
                        ..
                    }
            )
        };
        let events = &self.run.events()[..event];
        let begin = events.iter().rposition(|event| is_border(&event.kind))?;
        let calling = self.run.last_call(1, begin, event)?;
        self.made_in(calling, begin, event).pop()
    }

    /// Where what a call gave was made.
    pub fn made_by(&self, calling: &Calling<'a>, begin: usize, end: usize) -> Option<Made<'a>> {
        self.made_in(calling, begin, end).pop()
    }

    /// Follows a value from the call that gave it to the one that made it.
    fn made_in(&self, calling: &Calling<'a>, begin: usize, end: usize) -> Vec<Made<'a>> {
        let mut calling = calling;
        let mut made = Vec::new();
        while made.len() < MAX_CALLS {
            let file = calling.file;
            let Some(tree) = self.tree(file) else {
                break;
            };
            let Some((at, line)) = gave_at(&tree, calling, end) else {
                break;
            };
            let expr = given_at(&tree, line, calling.function);
            let next = expr.and_then(|expr| {
                let way = Way { at, begin, end };
                self.child(&tree, calling, expr, line, &way)
            });
            made.push(Made {
                tree,
                file,
                line,
                expr,
            });
            match next {
                Some(next) => calling = next,
                None => break,
            }
        }
        made
    }

    /// The call that made the value which an expression just passes on.
    fn child(
        &self,
        tree: &Tree<'a>,
        calling: &Calling<'a>,
        expr: &'a Expr,
        line: u32,
        way: &Way,
    ) -> Option<&Calling<'a>> {
        let depth = calling.depth + 1;
        let (expr, after, before) = match expr {
            Expr::Name(variable) => {
                let function = tree.function_at(line).map(|it| it.at);
                if is_loop_variable(tree, variable.id.as_str(), line) {
                    return self.run.last_call(depth, way.begin, way.end);
                }
                let values = tree.assigned(variable.id.as_str(), function);
                let value = *values.iter().rfind(|it| call(it).is_some())?;
                let stmt = tree.statement_of(tree.node_of(value)?)?;
                let (at, next) = calling.step_in(stmt)?;
                (value, at, next.unwrap_or(way.end))
            }
            Expr::YieldFrom(_) => return self.run.last_call(depth, way.begin, way.end),
            other => (other, way.at, way.end),
        };
        let calls: Vec<&Expr> = match expr {
            Expr::If(either) => vec![&either.body, &either.orelse],
            other => vec![other],
        };
        let called = calls
            .iter()
            .find_map(|expr| call(expr).map(|(_, name)| name))?;
        let child = self.run.last_call(depth, after, before)?;
        (called == "next" || self.answers(child)).then_some(child)
    }

    /// Whether a call is one that makes the answer: it was given environ or `start_response`, or
    /// calls that. What any other helper gives is for its caller to make a body of.
    fn answers(&self, calling: &Calling<'a>) -> bool {
        let Some(tree) = self.tree(calling.file) else {
            return false;
        };
        let line = calling.steps.first().map_or(0, |(_, step)| step.place.line);
        let Some(node) = tree.function_at(line) else {
            return false;
        };
        let Some(function) = node.function().filter(|it| it.name == *calling.function) else {
            return false;
        };
        let given = parameters(function)
            .iter()
            .any(|name| is_environ_name(name) || is_start_response_name(name));
        function.name != *"__init__" && (given || tree.starts(node))
    }
}

/// Between which events a value is looked for, and where the call stands now.
struct Way {
    at: usize,
    begin: usize,
    end: usize,
}

/// The step at which a call gave its value: its last one, or the `return` that it left a `with` or
/// a `finally` for.
fn gave_at(tree: &Tree<'_>, calling: &Calling<'_>, end: usize) -> Option<(usize, u32)> {
    let steps = calling.before(end);
    let (last, rest) = steps.split_last()?;
    let last = (last.0, last.1.place.line);
    if !leaves(tree, last.1) {
        return Some(last);
    }
    let mut before = rest.iter().rev().map(|(at, step)| (*at, step.place.line));
    let returned = before.find(|(_, line)| !leaves(tree, *line));
    let returns = |line| {
        matches!(
            tree.stmt_at(line).and_then(Node::stmt),
            Some(Stmt::Return(_))
        )
    };
    Some(returned.filter(|(_, line)| returns(*line)).unwrap_or(last))
}

/// Whether a line runs when a block is left: the head of a `with`, or what is in a `finally`.
fn leaves(tree: &Tree<'_>, line: u32) -> bool {
    let Some(node) = tree.stmt_at(line) else {
        return false;
    };
    let is_with = matches!(node.stmt(), Some(Stmt::With(_)));
    let in_finally = tree.around(node).any(|outer| match outer.stmt() {
        Some(Stmt::Try(it)) => holds(&it.finalbody, node),
        _ => false,
    });
    is_with || in_finally
}

/// What a line gives to its caller: the value of a `return` or a `yield`, or of the body of a
/// lambda or of a generator expression.
fn given_at<'a>(tree: &Tree<'a>, line: u32, function: &str) -> Option<&'a Expr> {
    let here = || tree.exprs_at(line).map(|(_, expr)| expr);
    if function == "<lambda>" {
        return here().find_map(|expr| match expr {
            Expr::Lambda(lambda) => Some(&*lambda.body),
            _ => None,
        });
    }
    if function == "<genexpr>" {
        return here().find_map(|expr| match expr {
            Expr::Generator(generator) => Some(&*generator.elt),
            _ => None,
        });
    }
    let yields = here().find_map(|expr| match expr {
        Expr::Yield(it) => it.value.as_deref(),
        Expr::YieldFrom(_) => Some(expr),
        _ => None,
    });
    yields.or_else(|| match tree.stmt_at(line)?.stmt()? {
        Stmt::Return(it) => it.value.as_deref(),
        _ => None,
    })
}

/// Whether a variable is the one of a loop around a line.
fn is_loop_variable(tree: &Tree<'_>, variable: &str, line: u32) -> bool {
    let innermost = tree.stmt_at(line);
    let around = innermost.into_iter().flat_map(|it| tree.around(it));
    innermost
        .into_iter()
        .chain(around)
        .any(|node| match node.stmt() {
            Some(Stmt::For(it)) => name(&it.target) == Some(variable),
            _ => false,
        })
}

//! A file's syntax tree: its nodes, what stands around and inside of each, and where names are
//! used.

use std::rc::Rc;

use ruff_python_ast::{Expr, ModModule, Stmt};
use ruff_text_size::Ranged as _;
use rustc_hash::FxHashMap;

use super::answers::Answers;
use super::index::Index;
use super::node::{Node, What, holds, walk};
use super::{Source, Span};
use crate::diagnosis::budget::Budget;

/// A file's syntax tree.
#[derive(Debug)]
pub struct Tree<'a> {
    pub source: &'a Source,
    nodes: Vec<Node<'a>>,
    /// The place of each expression, by where it is in memory.
    places: FxHashMap<usize, usize>,
    pub index: Index<'a>,
    pub budget: Rc<Budget>,
    /// What was answered during this diagnosis.
    pub(super) answers: Answers,
}

impl<'a> Tree<'a> {
    /// Walks a module whose depth is known to be bounded.
    pub fn new(source: &'a Source, module: &'a ModModule, budget: Rc<Budget>) -> Self {
        let nodes = walk(source, module);
        let exprs = nodes
            .iter()
            .filter_map(|node| Some((node.expr()?, node.at)));
        Self {
            source,
            places: exprs.map(|(expr, at)| (address(expr), at)).collect(),
            index: Index::of(source, &nodes),
            nodes,
            budget,
            answers: Answers::default(),
        }
    }

    pub fn nodes(&self) -> impl DoubleEndedIterator<Item = &Node<'a>> {
        self.nodes.iter()
    }

    /// The node of an expression.
    pub fn node_of(&self, expr: &Expr) -> Option<&Node<'a>> {
        self.at(*self.places.get(&address(expr))?)
    }

    pub fn at(&self, place: usize) -> Option<&Node<'a>> {
        self.nodes.get(place)
    }

    /// The nodes at these places.
    pub fn at_all(&self, places: &[u32]) -> impl DoubleEndedIterator<Item = &Node<'a>> {
        places
            .iter()
            .filter_map(|&place| self.nodes.get(place as usize))
    }

    /// What a node stands in, the nearest first.
    pub fn around<'b>(
        &'b self,
        node: &Node<'a>,
    ) -> impl Iterator<Item = &'b Node<'a>> + use<'a, 'b> {
        std::iter::successors(node.parent, |&at| self.nodes[at].parent).map(|at| &self.nodes[at])
    }

    /// What a node stands in directly.
    pub fn parent(&self, node: &Node<'a>) -> Option<&Node<'a>> {
        self.at(node.parent?)
    }

    /// The function a node stands in.
    pub fn function_around(&self, node: &Node<'a>) -> Option<&Node<'a>> {
        self.at(node.function?)
    }

    /// The class a node stands in.
    pub fn class_around(&self, node: &Node<'a>) -> Option<&Node<'a>> {
        self.around(node).find(|it| it.is_class())
    }

    /// The statement a node stands in, or itself.
    pub fn statement_of(&self, node: &Node<'a>) -> Option<&Node<'a>> {
        self.at(node.statement)
    }

    /// The innermost function a line is in.
    pub fn function_at(&self, line: u32) -> Option<&Node<'a>> {
        self.at(self.index.function_at(line)?)
    }

    /// Everything in a function, a class or an expression, nested functions included.
    pub fn inside(&self, outer: &Node<'a>) -> impl DoubleEndedIterator<Item = &Node<'a>> {
        self.scope(Some(outer)).iter()
    }

    /// Everything in a function, nested functions included; everything in the file where there is
    /// none.
    pub fn scope(&self, function: Option<&Node<'a>>) -> &[Node<'a>] {
        match function {
            Some(outer) => self.nodes.get(outer.at + 1..outer.end).unwrap_or_default(),
            None => &self.nodes,
        }
    }

    /// What stands in a node directly.
    pub fn children<'b>(
        &'b self,
        outer: &Node<'a>,
    ) -> impl Iterator<Item = &'b Node<'a>> + use<'a, 'b> {
        let end = outer.end;
        let first = (outer.at + 1 < end).then_some(outer.at + 1);
        let next = move |&at: &usize| Some(self.nodes.get(at)?.end).filter(|&next| next < end);
        std::iter::successors(first, next).filter_map(|at| self.nodes.get(at))
    }

    /// The innermost statement a line is part of.
    pub fn stmt_at(&self, line: u32) -> Option<&Node<'a>> {
        self.at(self.index.statement_at(line)?)
    }

    /// The expressions that a line is part of, the outermost first.
    pub fn exprs_at(&self, line: u32) -> impl DoubleEndedIterator<Item = (&Node<'a>, &'a Expr)> {
        let innermost = self.stmt_at(line);
        let outer = innermost.into_iter().flat_map(|it| self.around(it));
        // Several statements may stand on one line.
        let beginning = self.at_all(self.index.beginning_on(line));
        let mut statements: Vec<&Node<'a>> = innermost
            .into_iter()
            .chain(outer)
            .chain(beginning)
            .filter(|node| node.stmt().is_some())
            .collect();
        statements.sort_by_key(|node| node.at);
        statements.dedup_by_key(|node| node.at);
        let own = statements.into_iter().flat_map(|it| self.own_exprs(it));
        let here = own.filter(|node| node.covers(line));
        let here: Vec<_> = here.filter_map(|node| Some((node, node.expr()?))).collect();
        here.into_iter()
    }

    /// The expressions of a statement, those of the statements inside of it left out.
    pub fn own_exprs<'b>(
        &'b self,
        statement: &Node<'a>,
    ) -> impl Iterator<Item = &'b Node<'a>> + use<'a, 'b> {
        let end = statement.end;
        let skip = move |at: usize| {
            let mut at = at;
            while let Some(node) = self.nodes.get(at).filter(|_| at < end) {
                match node.what {
                    What::Expr(_) => return Some(at),
                    What::Stmt(_) => at = node.end,
                    What::Handler(_) => at += 1,
                }
            }
            None
        };
        std::iter::successors(skip(statement.at + 1), move |&at| skip(at + 1))
            .filter_map(|at| self.nodes.get(at))
    }

    /// The functions of this name.
    pub fn functions(&self, name: &str) -> impl Iterator<Item = &Node<'a>> {
        self.at_all(self.index.functions(name))
    }

    /// All functions.
    pub fn all_functions(&self) -> impl Iterator<Item = &Node<'a>> {
        self.at_all(self.index.all_functions())
    }

    /// The class of this name.
    pub fn class(&self, name: &str) -> Option<&Node<'a>> {
        self.at_all(self.index.classes(name)).next()
    }

    /// The functions of this name in a class.
    pub fn methods(&self, class: &Node<'a>, name: &str) -> impl Iterator<Item = &Node<'a>> {
        let inside = self.inside(class);
        inside.filter(move |it| it.function().is_some_and(|it| it.name == *name))
    }

    /// The comparisons.
    pub fn compares(&self) -> impl Iterator<Item = &Node<'a>> {
        self.at_all(self.index.compares())
    }

    /// The calls of something of this name.
    pub fn calls(&self, name: &str) -> impl DoubleEndedIterator<Item = &Node<'a>> {
        self.at_all(self.index.calls(name))
    }

    pub fn span(&self, node: &Node<'a>) -> Span {
        self.source.span(node.range())
    }

    /// Whether an exception at a node may be caught where it is raised: the node stands in the body
    /// of a `try` that has an `except`. (A handler, an `else` and a `finally` are protected by
    /// no `except` of the same `try`.)
    pub fn is_tried(&self, node: &Node<'a>) -> bool {
        self.around(node).any(|outer| match outer.stmt() {
            Some(Stmt::Try(it)) => !it.handlers.is_empty() && holds(&it.body, node),
            _ => false,
        })
    }

    /// `def name`, as far as it is on its line.
    pub fn def_span(&self, node: &Node<'a>) -> Span {
        let name = match node.stmt() {
            Some(Stmt::FunctionDef(function)) => &function.name,
            Some(Stmt::ClassDef(class)) => &class.name,
            _ => return self.span(node),
        };
        self.source.span(name.range())
    }
}

fn address(expr: &Expr) -> usize {
    std::ptr::from_ref(expr).addr()
}

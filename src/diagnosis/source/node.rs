//! All statements and expressions of a file in a row, each with what it stands in.

use std::collections::HashMap;

use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{ExceptHandler, Expr, ModModule, Stmt, StmtFunctionDef};
use ruff_text_size::{Ranged as _, TextRange};

use super::{Source, Span};

/// A file's syntax tree.
#[derive(Debug)]
pub struct Tree<'a> {
    pub source: &'a Source,
    nodes: Vec<Node<'a>>,
    /// The place of each expression, by where it is in memory.
    places: HashMap<usize, usize>,
}

/// A statement, an expression, or an `except`.
#[derive(Debug, Clone, Copy)]
pub struct Node<'a> {
    pub what: What<'a>,
    /// Its place among the nodes.
    pub at: usize,
    /// What it stands in.
    pub parent: Option<usize>,
    /// The line it begins on.
    pub line: u32,
}

#[derive(Debug, Clone, Copy)]
pub enum What<'a> {
    Stmt(&'a Stmt),
    Expr(&'a Expr),
    Handler(&'a ExceptHandler),
}

impl<'a> Node<'a> {
    pub fn expr(&self) -> Option<&'a Expr> {
        match self.what {
            What::Expr(expr) => Some(expr),
            _ => None,
        }
    }

    pub fn stmt(&self) -> Option<&'a Stmt> {
        match self.what {
            What::Stmt(stmt) => Some(stmt),
            _ => None,
        }
    }

    /// The last part of the name of what it calls, where it is a call.
    pub fn called(&self) -> Option<&'a str> {
        super::call(self.expr()?).map(|(_, called)| called)
    }

    pub fn function(&self) -> Option<&'a StmtFunctionDef> {
        match self.stmt()? {
            Stmt::FunctionDef(function) => Some(function),
            _ => None,
        }
    }

    pub fn range(&self) -> TextRange {
        match self.what {
            What::Stmt(stmt) => stmt.range(),
            What::Expr(expr) => expr.range(),
            What::Handler(handler) => handler.range(),
        }
    }
}

impl<'a> Tree<'a> {
    pub fn new(source: &'a Source, module: &'a ModModule) -> Self {
        let mut walk = Walk {
            source,
            nodes: Vec::new(),
            inside: Vec::new(),
        };
        walk.visit_body(&module.body);
        let exprs = walk
            .nodes
            .iter()
            .filter_map(|node| Some((node.expr()?, node.at)));
        Self {
            source,
            places: exprs.map(|(expr, at)| (address(expr), at)).collect(),
            nodes: walk.nodes,
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

    pub fn exprs(&self) -> impl DoubleEndedIterator<Item = (&Node<'a>, &'a Expr)> {
        self.nodes
            .iter()
            .filter_map(|node| Some((node, node.expr()?)))
    }

    /// What a node stands in, the nearest first.
    pub fn around(&self, node: &Node<'a>) -> impl Iterator<Item = &Node<'a>> {
        std::iter::successors(node.parent, |&at| self.nodes[at].parent).map(|at| &self.nodes[at])
    }

    /// The function a node stands in.
    pub fn function_around(&self, node: &Node<'a>) -> Option<&Node<'a>> {
        self.around(node).find(|node| node.function().is_some())
    }

    /// The innermost function a line is in.
    pub fn function_at(&self, line: u32) -> Option<&Node<'a>> {
        let has = |node: &&Node<'a>| node.function().is_some() && self.covers(node, line);
        self.nodes.iter().rev().find(has)
    }

    /// Everything in a function, or in a class, nested functions included.
    pub fn inside(&self, outer: &Node<'a>) -> impl Iterator<Item = &Node<'a>> {
        let range = outer.range();
        let start = outer.at + 1;
        self.nodes[start..]
            .iter()
            .take_while(move |node| range.contains_range(node.range()))
    }

    /// The innermost statement a line is part of.
    pub fn stmt_at(&self, line: u32) -> Option<&Node<'a>> {
        let has = |node: &&Node<'a>| node.stmt().is_some() && self.covers(node, line);
        self.nodes.iter().rev().find(has)
    }

    /// The expressions that a line is part of, the outermost first.
    pub fn exprs_at(&self, line: u32) -> impl DoubleEndedIterator<Item = (&Node<'a>, &'a Expr)> {
        self.exprs()
            .filter(move |(node, _)| self.covers(node, line))
    }

    /// The functions of this name.
    pub fn functions<'b>(&'b self, name: &'b str) -> impl Iterator<Item = &'b Node<'a>> {
        let named = move |node: &&Node<'a>| node.function().is_some_and(|it| it.name == *name);
        self.nodes.iter().filter(named)
    }

    /// The class of this name.
    pub fn class(&self, name: &str) -> Option<&Node<'a>> {
        self.nodes
            .iter()
            .find(|node| matches!(node.stmt(), Some(Stmt::ClassDef(class)) if class.name == *name))
    }

    /// Whether a node has something on a line.
    pub fn covers(&self, node: &Node<'a>, line: u32) -> bool {
        node.line <= line && line <= self.source.line_of(node.range().end())
    }

    pub fn span(&self, node: &Node<'a>) -> Span {
        self.source.span(node.range())
    }
}

fn address(expr: &Expr) -> usize {
    std::ptr::from_ref(expr).addr()
}

/// Notes each node before what is in it.
struct Walk<'a> {
    source: &'a Source,
    nodes: Vec<Node<'a>>,
    inside: Vec<usize>,
}

impl<'a> Walk<'a> {
    fn note(&mut self, what: What<'a>, range: TextRange) {
        let at = self.nodes.len();
        self.nodes.push(Node {
            what,
            at,
            parent: self.inside.last().copied(),
            line: self.source.line_of(range.start()),
        });
        self.inside.push(at);
    }
}

impl<'a> Visitor<'a> for Walk<'a> {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        self.note(What::Stmt(stmt), stmt.range());
        visitor::walk_stmt(self, stmt);
        self.inside.pop();
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        self.note(What::Expr(expr), expr.range());
        visitor::walk_expr(self, expr);
        self.inside.pop();
    }

    fn visit_except_handler(&mut self, handler: &'a ExceptHandler) {
        self.note(What::Handler(handler), handler.range());
        visitor::walk_except_handler(self, handler);
        self.inside.pop();
    }
}

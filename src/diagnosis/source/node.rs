//! All statements and expressions of a file in a row, each with what it stands in.

use std::rc::Rc;

use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{ExceptHandler, Expr, ModModule, Stmt, StmtFunctionDef};
use ruff_text_size::{Ranged as _, TextRange};
use rustc_hash::FxHashMap;

use super::flow::Answers;
use super::{Index, Source, Span};
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

/// A statement, an expression, or an `except`.
#[derive(Debug, Clone, Copy)]
pub struct Node<'a> {
    pub what: What<'a>,
    /// Its place among the nodes.
    pub at: usize,
    /// The place after the last node inside of it.
    pub end: usize,
    /// What it stands in.
    pub parent: Option<usize>,
    /// The function it stands in.
    pub function: Option<usize>,
    /// The statement it stands in, or itself where it is one.
    pub statement: usize,
    /// The lines it begins and ends on.
    pub line: u32,
    pub last_line: u32,
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

    pub fn is_class(&self) -> bool {
        matches!(self.stmt(), Some(Stmt::ClassDef(_)))
    }

    pub fn range(&self) -> TextRange {
        match self.what {
            What::Stmt(stmt) => stmt.range(),
            What::Expr(expr) => expr.range(),
            What::Handler(handler) => handler.range(),
        }
    }

    /// Whether it has something on a line.
    pub fn covers(&self, line: u32) -> bool {
        self.line <= line && line <= self.last_line
    }
}

impl<'a> Tree<'a> {
    /// Walks a module whose depth is known to be bounded.
    pub fn new(source: &'a Source, module: &'a ModModule, budget: Rc<Budget>) -> Self {
        let mut walk = Walk {
            source,
            nodes: Vec::new(),
            inside: Vec::new(),
            functions: Vec::new(),
            statements: Vec::new(),
        };
        walk.visit_body(&module.body);
        let exprs = walk
            .nodes
            .iter()
            .filter_map(|node| Some((node.expr()?, node.at)));
        Self {
            source,
            places: exprs.map(|(expr, at)| (address(expr), at)).collect(),
            index: Index::of(source, &walk.nodes),
            nodes: walk.nodes,
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
}

fn address(expr: &Expr) -> usize {
    std::ptr::from_ref(expr).addr()
}

/// Notes each node before what is in it.
struct Walk<'a> {
    source: &'a Source,
    nodes: Vec<Node<'a>>,
    inside: Vec<usize>,
    functions: Vec<usize>,
    statements: Vec<usize>,
}

impl<'a> Walk<'a> {
    /// Notes a node, walks what is in it, and notes where that ends.
    fn note(&mut self, what: What<'a>, range: TextRange, walk: impl FnOnce(&mut Self)) {
        let at = self.nodes.len();
        let is_statement = matches!(what, What::Stmt(_));
        let line = self.source.line_of(range.start());
        self.nodes.push(Node {
            what,
            at,
            end: at + 1,
            parent: self.inside.last().copied(),
            function: self.functions.last().copied(),
            statement: match self.statements.last() {
                Some(&statement) if !is_statement => statement,
                _ => at,
            },
            line,
            last_line: line.max(self.source.line_of(range.end())),
        });
        let is_function = matches!(what, What::Stmt(Stmt::FunctionDef(_)));
        self.inside.push(at);
        if is_statement {
            self.statements.push(at);
        }
        if is_function {
            self.functions.push(at);
        }
        walk(self);
        self.inside.pop();
        if is_statement {
            self.statements.pop();
        }
        if is_function {
            self.functions.pop();
        }
        let end = self.nodes.len();
        if let Some(node) = self.nodes.get_mut(at) {
            node.end = end;
        }
    }
}

impl<'a> Visitor<'a> for Walk<'a> {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        self.note(What::Stmt(stmt), stmt.range(), |walk| {
            visitor::walk_stmt(walk, stmt);
        });
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        self.note(What::Expr(expr), expr.range(), |walk| {
            visitor::walk_expr(walk, expr);
        });
    }

    fn visit_except_handler(&mut self, handler: &'a ExceptHandler) {
        self.note(What::Handler(handler), handler.range(), |walk| {
            visitor::walk_except_handler(walk, handler);
        });
    }
}

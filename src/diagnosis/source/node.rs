//! All statements and expressions of a file in a row, each with what it stands in.

use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{ExceptHandler, Expr, ModModule, Stmt, StmtFunctionDef};
use ruff_text_size::{Ranged as _, TextRange};

use super::Source;
use super::shapes::call;

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
        call(self.expr()?).map(|(_, called)| called)
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

/// Whether one of these statements is a node, or has it in it.
pub fn holds(statements: &[Stmt], node: &Node<'_>) -> bool {
    let range = node.range();
    statements.iter().any(|it| it.range().contains_range(range))
}

/// All nodes of a module whose depth is known to be bounded, each before what is in it.
pub fn walk<'a>(source: &Source, module: &'a ModModule) -> Vec<Node<'a>> {
    let mut walk = Walk {
        source,
        nodes: Vec::new(),
        inside: Vec::new(),
        functions: Vec::new(),
        statements: Vec::new(),
    };
    walk.visit_body(&module.body);
    walk.nodes
}

/// Notes each node before what is in it.
struct Walk<'s, 'a> {
    source: &'s Source,
    nodes: Vec<Node<'a>>,
    inside: Vec<usize>,
    functions: Vec<usize>,
    statements: Vec<usize>,
}

impl<'a> Walk<'_, 'a> {
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

impl<'a> Visitor<'a> for Walk<'_, 'a> {
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

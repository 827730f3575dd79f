//! A look at a file of which lines ran.

use ruff_python_ast::Expr;

use super::Finding;
use crate::diagnosis::case::{Case, Spot};
use crate::diagnosis::source::{Node, Tree};

/// A file, with the exchange in which some of its lines ran.
pub struct Look<'a, 'c> {
    pub case: &'c Case<'a>,
    pub file: &'a str,
    pub tree: &'c Tree<'a>,
}

impl<'a> Look<'a, '_> {
    /// A mistake at a node. It is told after what happened in the exchange.
    pub fn finding(&self, slug: &str, message: impl Into<String>, node: &Node<'a>) -> Finding {
        let spot = Spot::of(self.file, self.tree.span(node));
        Finding::new(slug, message, Some(spot), self.at())
    }

    /// The place after all events.
    pub fn at(&self) -> usize {
        self.case.run.events().len()
    }

    pub fn ran(&self, node: &Node<'a>) -> bool {
        self.case.ran(self.file, self.tree, node)
    }
}

/// What a rule finds at the nodes of all files that lines of ran.
pub fn at_each_node<'a>(
    case: &Case<'a>,
    rule: impl Fn(&Look<'a, '_>, &Node<'a>) -> Vec<Finding>,
) -> Vec<Finding> {
    let mut found = Vec::new();
    for file in case.files() {
        if let Some(tree) = case.tree(file) {
            let look = Look {
                case,
                file,
                tree: &tree,
            };
            found.extend(tree.nodes().flat_map(|node| rule(&look, node)));
        }
    }
    found
}

/// A rule for one expression.
pub type ExprRule<'a> =
    for<'l, 'c, 'n> fn(&'l Look<'a, 'c>, &'n Node<'a>, &'a Expr) -> Option<Finding>;

/// The same at the expressions that ran.
pub fn at_each_expr<'a>(case: &Case<'a>, rules: &[ExprRule<'a>]) -> Vec<Finding> {
    at_each_node(case, |look, node| match node.expr() {
        Some(expr) if look.ran(node) => {
            let found = rules.iter().filter_map(|rule| rule(look, node, expr));
            found.collect()
        }
        _ => Vec::new(),
    })
}

//! A look at a file of which lines ran.

use ruff_python_ast::Expr;

use super::Finding;
use crate::diagnosis::Mistake;
use crate::diagnosis::Spot;
use crate::diagnosis::case::Case;
use crate::diagnosis::source::{Node, Tree};

/// A file, with the exchange in which some of its lines ran.
pub struct Look<'a, 'c> {
    pub case: &'c Case<'a>,
    pub file: &'a str,
    pub tree: &'c Tree<'a>,
}

impl<'a> Look<'a, '_> {
    /// A mistake at a node. It is told after what happened in the exchange.
    pub fn finding(
        &self,
        mistake: Mistake,
        message: impl Into<String>,
        node: &Node<'a>,
    ) -> Finding {
        let spot = Spot::of(self.file, self.tree.span(node));
        Finding::new(mistake, message, Some(spot), self.at())
    }

    /// Whether a node is on a line that ran.
    pub fn ran(&self, node: &Node<'_>) -> bool {
        self.case.ran(self.file, self.tree, node)
    }

    /// The place after all events.
    pub fn at(&self) -> usize {
        self.case.run.events().len()
    }
}

/// What a rule finds in each of the files that lines of ran.
pub fn at_each_file<'a>(
    case: &Case<'a>,
    rule: impl Fn(&Look<'a, '_>) -> Vec<Finding>,
) -> Vec<Finding> {
    let mut found = Vec::new();
    for (file, tree) in case.trees() {
        found.extend(rule(&Look {
            case,
            file,
            tree: &tree,
        }));
    }
    found
}

/// What a rule finds at each of some things, as long as there are steps left in the budget. What it
/// found when they ran out is left out: it may be wrong.
pub fn while_steps_last<T, F: IntoIterator<Item = Finding>>(
    case: &Case<'_>,
    things: impl IntoIterator<Item = T>,
    mut rule: impl FnMut(T) -> F,
) -> Vec<Finding> {
    let mut found = Vec::new();
    for thing in things {
        let findings = rule(thing);
        if case.budget().is_spent() {
            break;
        }
        found.extend(findings);
    }
    found
}

/// A rule for one expression.
pub type ExprRule<'a> =
    for<'l, 'c, 'n> fn(&'l Look<'a, 'c>, &'n Node<'a>, &'a Expr) -> Option<Finding>;

/// What rules find at the expressions that ran, as long as there are steps left.
pub fn at_each_expr<'a>(case: &Case<'a>, rules: &[ExprRule<'a>]) -> Vec<Finding> {
    at_each_file(case, |look| {
        let ran = case.ran_nodes(look.file, look.tree);
        let exprs = ran.iter().filter_map(|node| Some((node, node.expr()?)));
        let each = exprs.flat_map(|(node, expr)| rules.iter().map(move |rule| (rule, node, expr)));
        let mut found = Vec::new();
        for (rule, node, expr) in each {
            // Nearly all find nothing, which is not to be moved about.
            let finding = rule(look, node, expr);
            if case.budget().is_spent() {
                break;
            }
            if let Some(finding) = finding {
                found.push(finding);
            }
        }
        found
    })
}

//! An exception as the rules look at it, and where the function it speaks of is defined.

use std::rc::Rc;

use ruff_python_ast::Expr;

use super::Finding;
use crate::diagnosis::Mistake;
use crate::diagnosis::Spot;
use crate::diagnosis::case::Case;
use crate::diagnosis::source::{Node, Tree};
use crate::exchange::Raised;

/// An exception, and what its line looks like.
pub struct Thrown<'a, 'c> {
    pub case: &'c Case<'a>,
    pub raised: &'a Raised,
    pub at: usize,
    pub file: &'a str,
    pub line: u32,
    pub tree: Option<Rc<Tree<'a>>>,
    /// The bytes of the line that were being evaluated, where that is known.
    bytes: Option<(u32, Option<u32>)>,
}

impl<'a, 'c> Thrown<'a, 'c> {
    pub fn new(case: &'c Case<'a>, raised: &'a Raised, at: usize) -> Self {
        let (file, line) = match &raised.blame {
            Some(blame) => (blame.file.as_str(), blame.line),
            None => ("", 0),
        };
        Self {
            case,
            raised,
            at,
            file,
            line,
            tree: case.tree(file),
            bytes: raised.calls.first().and_then(|call| call.bytes),
        }
    }

    pub fn is(&self, types: &[&str]) -> bool {
        types.contains(&self.raised.r#type.as_str())
    }

    pub fn says(&self, words: &str) -> bool {
        self.raised.message.contains(words)
    }

    /// The expressions that were being evaluated, the innermost first.
    pub fn exprs(&self) -> Vec<(Node<'a>, &'a Expr)> {
        let Some(tree) = &self.tree else {
            return Vec::new();
        };
        let here = |node: &Node<'_>| {
            let Some((start, end)) = self.bytes else {
                return true;
            };
            let text = tree.source.line(self.line);
            let end = end.map_or(text.len(), |end| end as usize);
            let span = tree.span(node);
            let place = tree.source.span_of_bytes(self.line, start as usize, end);
            // What is around the place, or inside it.
            span.line != self.line
                || span.columns.0 <= place.columns.0 && place.columns.1 <= span.columns.1
                || place.columns.0 <= span.columns.0 && span.columns.1 <= place.columns.1
        };
        let exprs = tree.exprs_at(self.line).rev();
        exprs
            .filter(|(node, _)| here(node))
            .map(|(node, expr)| (*node, expr))
            .collect()
    }

    /// The place of the exception.
    pub fn spot(&self) -> Option<Spot> {
        let blame = self.raised.blame.as_ref()?;
        let source = self.case.source(self.file);
        let (Some(source), Some((start, end))) = (source, self.bytes) else {
            return Some(self.case.line(blame));
        };
        let width = source.line(self.line).len();
        let end = end.map_or(width, |end| end as usize);
        Some(Spot::of(
            self.file,
            source.span_of_bytes(self.line, start as usize, end),
        ))
    }

    pub fn spot_of(&self, node: &Node<'a>) -> Option<Spot> {
        Some(Spot::of(self.file, self.tree.as_ref()?.span(node)))
    }

    pub fn finding(&self, mistake: Mistake, spot: Option<Spot>) -> Finding {
        self.finding_with(mistake, told(self.raised), spot)
    }

    pub fn finding_with(&self, mistake: Mistake, message: String, spot: Option<Spot>) -> Finding {
        Finding::new(mistake, message, spot.or_else(|| self.spot()), self.at)
    }
}

/// What it says, as Python's last line has it.
pub fn told(raised: &Raised) -> String {
    if raised.message.is_empty() {
        raised.r#type.clone()
    } else {
        format!("{}: {}", raised.r#type, raised.message)
    }
}

/// Where the application is defined: `name` is what Python calls it, as `App.__init__` or `app`.
pub fn definition(case: &Case<'_>, named: &str) -> Option<Spot> {
    let (kind, callable) = case.callable().unwrap_or_default();
    let mut parts = named.rsplit('.');
    let last = parts.next().unwrap_or_default();
    let of_application = kind != "function" && matches!(last, "__init__" | "__call__");
    let class = parts.find(|part| *part != "<locals>");
    let class = class.or(of_application.then_some(callable));
    for (file, tree) in case.trees() {
        let in_class = class.and_then(|class| {
            let class = tree.class(class)?;
            Some(tree.methods(class, last).next().unwrap_or(class))
        });
        let node = in_class
            .or_else(|| tree.functions(last).next())
            .or_else(|| tree.class(last));
        if let Some(node) = node {
            return Some(Spot::of(file, tree.def_span(node)));
        }
    }
    None
}

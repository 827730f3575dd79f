//! What a page shows of what the visitor sent, and where its links lead.

mod link;
mod markup;
mod parts;
mod values;
mod visitor;

pub use parts::parts_of;
pub use visitor::{is_sent, is_visitors, makes_harmless};

use ruff_python_ast::Expr;

use super::Finding;
use crate::diagnosis::Mistake;
use crate::diagnosis::Spot;
use crate::diagnosis::body::Part;
use crate::diagnosis::case::Case;
use crate::diagnosis::source::{Node, Tree};

pub fn find(case: &Case<'_>) -> Vec<Finding> {
    let moment = case.exchange().now();
    if moment.error_page || moment.sent.is_none() {
        return Vec::new();
    }
    let at = case.run.events().len();
    let body = String::from_utf8_lossy(&moment.body.kept);
    let look = Look {
        case,
        body: &body,
        at,
    };
    let found = [
        look.unescaped(),
        look.bytes_shown(),
        look.list_shown(),
        look.garbled_path(),
        look.unmounted_link(),
    ];
    found.into_iter().flatten().collect()
}

struct Look<'a, 'c> {
    case: &'c Case<'a>,
    body: &'c str,
    at: usize,
}

impl<'a> Look<'a, '_> {
    fn finding(&self, mistake: Mistake, message: String, spot: Option<Spot>) -> Finding {
        Finding::new(mistake, message, spot, self.at)
    }

    /// The first expression that ran and fits; of two, one inside the other, the outer one.
    fn spot_of(&self, fits: impl Fn(&Tree<'a>, &Node<'a>, &'a Expr) -> bool) -> Option<Spot> {
        self.case.trees().find_map(|(file, tree)| {
            let ran = self.case.ran_nodes(file, &tree);
            let fits = |node: &&Node<'a>| node.expr().is_some_and(|it| fits(&tree, node, it));
            Some(Spot::of(file, tree.span(ran.iter().find(fits)?)))
        })
    }
}

/// The last of these parts of the body that fits best.
fn spot_among<'a>(parts: &[Part<'a>], fits: impl Fn(&Part<'a>) -> Option<usize>) -> Option<Spot> {
    let mut best: Option<(usize, Spot)> = None;
    for part in parts {
        let Some(score) = fits(part) else { continue };
        // Of two that fit alike, one inside the other, the outer one is the expression.
        if best.as_ref().is_none_or(|(known, _)| *known < score) {
            best = Some((score, Spot::of(part.file, part.tree.span(&part.node))));
        }
    }
    best.map(|(_, spot)| spot)
}

//! A stream of environ that is kept when its request has ended, and used in a later one.

use super::look::Look;
use super::{Finding, Remedy};
use crate::diagnosis::Mistake;
use crate::diagnosis::Spot;
use crate::diagnosis::case::Case;
use crate::diagnosis::source::look_up;
use crate::exchange::RuleBroken;

/// The mistake at the place where the stream was taken from environ: nothing where that is in no
/// file of the project, since a library keeps it then.
pub fn finding(case: &Case<'_>, broken: &RuleBroken, at: usize) -> Option<Finding> {
    let key = broken.subject.as_deref()?;
    let blame = broken.by.blame.as_ref()?;
    let mut all: Vec<(Spot, bool)> = Vec::new();
    for (file, tree) in case.trees() {
        let look = Look {
            case,
            file,
            tree: &tree,
        };
        let literals = tree.at_all(tree.index.literals(key));
        let taken = literals.filter_map(|literal| {
            let node = tree.parent(literal).filter(|it| it.expr().is_some())?;
            // With `get` the key is in the arguments of a call.
            let is_take = node
                .expr()
                .and_then(look_up)
                .is_some_and(|it| it.key == key);
            is_take.then(|| (Spot::of(file, tree.span(node)), look.ran(node)))
        });
        all.extend(taken);
    }
    // What takes the stream of this request as well is not what kept the one before.
    let kept = all.iter().find(|(_, ran)| !ran).or(all.first());
    let (spot, _) = kept?.clone();
    let message = if spot.file == blame.file && spot.line == blame.line {
        broken.message.clone()
    } else {
        format!("{}, on line {}", broken.message, blame.line)
    };
    let finding = Finding::new(Mistake::StreamKept, message, Some(spot), at);
    // What the explanation shows is for a log.
    Some(match key {
        "wsgi.errors" => finding,
        _ => finding.with(Remedy::Example(format!(
            "stream = environ['{key}']  # in each request that uses it"
        ))),
    })
}

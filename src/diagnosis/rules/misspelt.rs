//! A parameter that a function uses under another name than it has: one of the two is misspelt, and
//! Python knows no such name.

use ruff_python_ast::{Expr, Parameter};
use ruff_text_size::Ranged as _;

use super::thrown::{Thrown, told};
use crate::diagnosis::Edit;
use crate::diagnosis::Spot;
use crate::diagnosis::source::{Node, Tree};

/// How many letters may be wrong in a name.
const MAX_DISTANCE: usize = 2;
/// A shorter name is near to too many others.
const MIN_LENGTH: usize = 5;

/// What people call the two parameters of an application.
const ENVIRON: &[&str] = &["environ", "env", "environment"];
const START_RESPONSE: &[&str] = &["start_response", "start", "respond", "sr"];

/// What is said of it, where it is, and the line with the right name.
pub struct Misspelt {
    pub message: String,
    pub spot: Spot,
    pub edit: Option<Edit>,
}

/// The parameter that was meant by a name which is not defined.
pub fn parameter(thrown: &Thrown<'_, '_>) -> Option<Misspelt> {
    if !thrown.is(&["NameError"]) {
        return None;
    }
    let missing = thrown.raised.message.split('\'').nth(1)?;
    let tree = thrown.tree.as_ref()?;
    let innermost = tree.function_at(thrown.line);
    let functions = std::iter::successors(innermost, |it| tree.function_around(it));
    for function in functions {
        let definition = function.function()?;
        for parameter in &*definition.parameters {
            let parameter = parameter.as_parameter();
            let own = parameter.name.as_str();
            if !is_near(own, missing) {
                continue;
            }
            // The name that is used more often, or that everybody uses, is the one that was meant.
            let uses = used(tree, function, missing);
            let is_of_wsgi = |it: &str| matches!(it, "environ" | "start_response");
            let is_meant = used(tree, function, own).is_empty()
                && !is_of_wsgi(own)
                && (uses.len() > 1 || is_of_wsgi(missing));
            return if is_meant {
                Some(in_its_definition(thrown, tree, parameter, missing))
            } else {
                in_its_use(thrown, tree, &uses, own)
            };
        }
    }
    None
}

fn is_near(own: &str, missing: &str) -> bool {
    let are_both = |names: &[&str]| names.contains(&own) && names.contains(&missing);
    // One of several things may be meant as well as all of them.
    let is_plural = own.trim_end_matches('s') == missing.trim_end_matches('s');
    let is_close = own.len().min(missing.len()) >= MIN_LENGTH
        && !is_plural
        && strsim::osa_distance(own, missing) <= MAX_DISTANCE;
    own != missing && (is_close || are_both(ENVIRON) || are_both(START_RESPONSE))
}

/// Where a name is used in a function.
fn used<'t, 'a>(tree: &'t Tree<'a>, function: &Node<'a>, named: &str) -> Vec<&'t Node<'a>> {
    let inside = tree.scope(Some(function));
    if !tree.budget.take(inside.len()) {
        return Vec::new();
    }
    let is_it = |node: &&Node<'_>| matches!(node.expr(), Some(Expr::Name(it)) if it.id == *named);
    inside.iter().filter(is_it).collect()
}

fn in_its_use(
    thrown: &Thrown<'_, '_>,
    tree: &Tree<'_>,
    uses: &[&Node<'_>],
    own: &str,
) -> Option<Misspelt> {
    let here = uses.iter().find(|it| it.line == thrown.line)?;
    let edit = (uses.len() == 1)
        .then(|| Edit::replacing(tree.source, thrown.file, here.range(), own))
        .flatten();
    Some(Misspelt {
        message: format!("{}: the parameter is called {own}", told(thrown.raised)),
        spot: Spot::of(thrown.file, tree.span(here)),
        edit,
    })
}

fn in_its_definition(
    thrown: &Thrown<'_, '_>,
    tree: &Tree<'_>,
    parameter: &Parameter,
    missing: &str,
) -> Misspelt {
    let own = &parameter.name;
    let file = thrown.file;
    Misspelt {
        message: format!(
            "{} on line {}: the parameter is called {own}",
            told(thrown.raised),
            thrown.line
        ),
        spot: Spot::of(file, tree.source.span(own.range())),
        edit: Edit::replacing(tree.source, file, own.range(), missing),
    }
}

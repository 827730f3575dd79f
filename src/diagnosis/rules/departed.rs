//! Modules that a later Python has no more, used in code that ran (PEP 594).

use ruff_python_ast::{Alias, Expr, Stmt};

use super::Finding;
use super::look::{Look, at_each_file, while_steps_last};
use crate::diagnosis::Mistake;
use crate::diagnosis::case::Case;
use crate::diagnosis::source::Node;

pub const CGI_LEFT: &str = "the module cgi was removed in Python 3.13";

pub fn find(case: &Case<'_>) -> Vec<Finding> {
    // Where it is gone and can be imported all the same, it was installed on purpose.
    if case.python().is_none_or(|version| version >= (3, 13)) {
        return Vec::new();
    }
    at_each_file(case, |look| {
        let folder = look.file.rsplit_once('/').map_or("", |(folder, _)| folder);
        if case.source(&format!("{folder}/cgi.py")).is_some() {
            return Vec::new();
        }
        if !case.budget().take(look.tree.scope(None).len()) {
            return Vec::new();
        }
        let imports = look.tree.nodes().filter(|node| node.stmt().is_some());
        while_steps_last(case, imports, |node| import(look, node))
    })
}

/// An import of cgi that ran, or whose names were used in a line that ran.
fn import<'a>(look: &Look<'a, '_>, node: &Node<'a>) -> Option<Finding> {
    let names = match node.stmt()? {
        Stmt::Import(it) => {
            let is_cgi = |alias: &&Alias| alias.name == *"cgi";
            it.names.iter().filter(is_cgi).map(bound).collect()
        }
        Stmt::ImportFrom(it)
            if it.level == 0 && it.module.as_ref().is_some_and(|it| it == "cgi") =>
        {
            it.names.iter().map(bound).collect::<Vec<_>>()
        }
        _ => return None,
    };
    if names.is_empty() || is_optional(look, node) {
        return None;
    }
    let ran = look.case.ran_nodes(look.file, look.tree);
    let is_use = |it: &Node<'_>| match it.expr() {
        Some(Expr::Name(name)) => name.ctx.is_load() && names.contains(&name.id.as_str()),
        _ => false,
    };
    let is_used = look.ran(node) || look.case.budget().take(ran.len()) && ran.iter().any(is_use);
    is_used.then(|| look.finding(Mistake::ImportCgi, CGI_LEFT, node).latent())
}

/// The name that an import binds.
fn bound(alias: &Alias) -> &str {
    alias.asname.as_ref().unwrap_or(&alias.name).as_str()
}

/// Whether it is imported under a condition, or with something else at hand where it is missing.
fn is_optional<'a>(look: &Look<'a, '_>, node: &Node<'a>) -> bool {
    let mut around = look.tree.around(node);
    look.tree.is_tried(node) || around.any(|it| matches!(it.stmt(), Some(Stmt::If(_))))
}

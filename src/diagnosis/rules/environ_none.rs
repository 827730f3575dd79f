//! A key that this request lacks and for which `environ.get()` gave None, where None failed.

use ruff_python_ast::Expr;
use ruff_text_size::Ranged as _;

use super::environ::{ASK_WHO, is_optional};
use super::thrown::{Thrown, told};
use super::{Finding, Remedy};
use crate::diagnosis::source::{call, environ_key};
use crate::diagnosis::{Edit, Mistake, Spot};

pub fn thrown(thrown: &Thrown<'_, '_>) -> Option<Finding> {
    if !thrown.is(&["AttributeError", "TypeError"]) || !thrown.says("NoneType") {
        return None;
    }
    let tree = thrown.tree.as_ref()?;
    let exprs = thrown.exprs();
    let (failed, got, found) = exprs.iter().find_map(|(_, expr)| {
        let used = match expr {
            Expr::Attribute(it) => {
                let is_it = thrown.says(&format!("'{}'", it.attr));
                is_it.then_some(&*it.value)?
            }
            _ if thrown.is(&["TypeError"]) => *expr,
            _ => return None,
        };
        tree.origins_of(used).into_iter().find_map(|got| {
            let found = environ_key(got)?;
            let gives_none = found.get && found.default.is_none() && is_optional(found.key);
            (gives_none && !thrown.case.has_key(found.key)).then_some((used, got, found))
        })
    })?;
    let code = tree.source.code(got);
    let message = format!("{}: {code} gave None", told(thrown.raised));
    let spot = Some(Spot::of(thrown.file, tree.source.span(got.range())));
    let finding = thrown.finding_with(Mistake::EnvironKeyOptional, message, spot);
    if found.key == "HTTP_AUTHORIZATION" {
        return Some(finding.with(Remedy::Example(ASK_WHO.to_owned())));
    }
    // An empty text is no number either.
    let makes_number = |expr: &Expr| {
        call(expr).is_some_and(|(outer, called)| {
            let mut given = outer.arguments.args.iter();
            matches!(called, "int" | "float") && given.any(|it| it.range() == failed.range())
        })
    };
    if exprs.iter().any(|(_, expr)| makes_number(expr)) {
        return Some(finding.without_fix());
    }
    let container = tree.source.code(found.container);
    let code = format!("{container}.get('{}', '')", found.key);
    let edit = Edit::replacing(tree.source, thrown.file, got.range(), &code);
    Some(finding.with_edit(edit))
}

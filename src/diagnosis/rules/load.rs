//! Applications that cannot be loaded.

use ruff_python_ast::Stmt;

use super::Finding;
use super::thrown::definition;
use crate::diagnosis::Mistake;
use crate::diagnosis::case::{Case, Spot};
use crate::diagnosis::source::last_name;
use crate::exchange::Raised;

/// The mistake because of which an application could not be loaded.
pub fn load(raised: &Raised, case: &Case<'_>) -> Finding {
    if raised.blame.is_none() && matches!(raised.r#type.as_str(), "AttributeError" | "TypeError") {
        if raised.message.contains("takes no arguments") {
            let named = raised.message.split('\'').nth(1).unwrap_or_default();
            let spot = definition(case, named.trim_end_matches("()"));
            return Finding::new(Mistake::AppSignature, raised.message.clone(), spot, 0);
        }
        if raised.message.contains("defines no ") || raised.message.contains("cannot be called") {
            let spot = assigned(case, raised);
            return Finding::new(Mistake::AppNotCallable, raised.message.clone(), spot, 0);
        }
    }
    import(raised, case, 0)
}

/// An import that failed, or anything else that went wrong while the file was loaded.
pub fn import(raised: &Raised, case: &Case<'_>, at: usize) -> Finding {
    let spot = raised.blame.as_ref().map(|blame| case.line(blame));
    if raised.r#type == "ModuleNotFoundError" && raised.message.starts_with("No module named 'cgi'")
    {
        let message = "the module cgi left Python with version 3.13";
        return Finding::new(Mistake::ImportCgi, message, spot, at);
    }
    let message = format!("{}: {}", raised.r#type, raised.message);
    let finding = Finding::new(Mistake::ImportError, message, spot, at);
    match raised.r#type.as_str() {
        "ModuleNotFoundError" | "ImportError" => finding,
        _ => finding.without_fix(),
    }
}

/// Where the name that cannot be called gets its value.
fn assigned(case: &Case<'_>, raised: &Raised) -> Option<Spot> {
    let name = raised.message.split('\'').nth(1)?;
    let file = *case.files().first()?;
    let tree = case.tree(file)?;
    let sets = |stmt: &Stmt| match stmt {
        Stmt::Assign(assign) => assign.targets.iter().any(|it| last_name(it) == Some(name)),
        _ => false,
    };
    let node = tree.nodes().rfind(|node| node.stmt().is_some_and(sets))?;
    Some(Spot::of(file, tree.span(node)))
}

//! Finds the header that broke a rule: its tuple, or what its list was made of.

use std::rc::Rc;

use ruff_python_ast::Expr;
use ruff_text_size::Ranged as _;

use super::call::{argument_at, call_at, call_spot};
use crate::diagnosis::case::Case;
use crate::diagnosis::finding::Remedy;
use crate::diagnosis::source::{Node, Tree, argument, call_of, literal, method, name};
use crate::diagnosis::{Edit, Mistake, Spot};
use crate::exchange::RuleBroken;

/// What makes a str of a part of a header, by what it is; nothing where that cannot be told.
pub fn header_as_str(case: &Case<'_>, broken: &RuleBroken) -> Remedy {
    let pair = || {
        let (file, tree, node) = pair_of(case, Mistake::HeaderNotStr, broken)?;
        match node.expr()? {
            Expr::Tuple(pair) => Some((file, tree, pair)),
            _ => None,
        }
    };
    let Some((file, tree, pair)) = pair() else {
        return Remedy::Nothing;
    };
    let Some(value) = pair.elts.get(1) else {
        return Remedy::Nothing;
    };
    let edit = |part: &Expr, code: &str| {
        let edit = Edit::replacing(tree.source, &file, part.range(), code);
        edit.map_or(Remedy::Nothing, Remedy::Edit)
    };
    let code = tree.source.code(value);
    if broken.message.contains(" int") {
        return edit(value, &format!("str({code})"));
    }
    if broken.message.contains(" bytes") {
        let part = pair.elts.iter().find(|it| it.is_bytes_literal_expr());
        return part.map_or(Remedy::Nothing, |part| {
            edit(part, tree.source.code(part).trim_start_matches(['b', 'B']))
        });
    }
    if broken.message.contains(" SimpleCookie") {
        return Remedy::Example(format!(
            "for morsel in {code}.values():\n    headers.append(('Set-Cookie', morsel.OutputString()))"
        ));
    }
    if !broken.message.contains("NoneType") {
        return Remedy::Nothing;
    }
    let name = broken.subject.as_deref().unwrap_or_default();
    Remedy::Example(if name.eq_ignore_ascii_case("Content-Type") {
        // What a body without a type is taken for (RFC 9110, section 8.3).
        format!("{code} or 'application/octet-stream'")
    } else {
        format!("if value is not None:\n    headers.append(('{name}', value))")
    })
}

/// The tuple of a header: in the call, in its function, or in one of those that called it.
pub fn header(case: &Case<'_>, mistake: Mistake, broken: &RuleBroken) -> Option<Spot> {
    let Some(blame) = &broken.by.blame else {
        return through_framework(case, broken.subject.as_deref()?);
    };
    if let Some((file, tree, pair)) = pair_of(case, mistake, broken) {
        return Some(Spot::of(&file, tree.span(&pair)));
    }
    let named = broken.subject.as_deref();
    // Somewhere else in the file, such as in a list that is global.
    let tree = case.tree(&blame.file)?;
    if named.is_some() {
        let pair = tree.nodes().find(|node| is_pair(node, named, mistake));
        if let Some(pair) = pair {
            return Some(Spot::of(&blame.file, tree.span(pair)));
        }
    }
    argument_at(case, blame, "start", 1)
}

/// Where a function adds to the list that all requests share, before it hands it over; and what
/// would make a list of its own. A copy at the call would come too late.
pub fn grown<'a>(
    case: &Case<'a>,
    broken: &RuleBroken,
) -> Option<(String, Rc<Tree<'a>>, Node<'a>, String)> {
    let blame = broken.by.blame.as_ref()?;
    let tree = case.tree(&blame.file)?;
    let (start, given) = call_at(&tree, blame.line, "start")?;
    let list = name(argument(given, 1)?)?;
    let function = start.function?;
    // A list that the function makes is its own.
    if !tree.index.assigned(Some(function), list).is_empty() {
        return None;
    }
    let scope = tree.scope(tree.at(function));
    let mut added = scope.iter().filter_map(|node| {
        let (on, "append", call) = method(node.expr()?)? else {
            return None;
        };
        let is_it = name(on) == Some(list) && case.ran(&blame.file, &tree, node);
        let pair = tree.source.code(argument(call, 0).filter(|_| is_it)?);
        Some((*node, format!("own = [*{list}, {pair}]")))
    });
    let (node, own) = added.next()?;
    Some((blame.file.clone(), Rc::clone(&tree), node, own))
}

/// The tuple of a header in the function that gave it, or in one of those that called it. Of
/// several with one name it is the one in the call itself, or else one that ran.
fn pair_of<'a>(
    case: &Case<'a>,
    mistake: Mistake,
    broken: &RuleBroken,
) -> Option<(String, Rc<Tree<'a>>, Node<'a>)> {
    let named = broken.subject.as_deref();
    let others = broken.by.calls.iter().map(|call| &call.place);
    broken.by.blame.iter().chain(others).find_map(|place| {
        let tree = case.tree(&place.file)?;
        let scope = tree.scope(tree.function_at(place.line));
        let pairs = || scope.iter().filter(|node| is_pair(node, named, mistake));
        let statement = tree.stmt_at(place.line);
        let of_call = |node: &&Node<'_>| statement.is_some_and(|it| it.covers(node.line));
        let pair = pairs()
            .find(of_call)
            .or_else(|| pairs().find(|node| case.ran(&place.file, &tree, node)))
            .or_else(|| pairs().next())
            .copied()?;
        Some((place.file.clone(), tree, pair))
    })
}

/// The name of a header in the lines that ran, where a framework made the list of headers of it.
fn through_framework(case: &Case<'_>, named: &str) -> Option<Spot> {
    case.trees().find_map(|(file, tree)| {
        let is_it = |node: &&Node<'_>| {
            let text = node.expr().and_then(literal);
            text.is_some_and(|it| it.eq_ignore_ascii_case(named)) && case.ran(file, &tree, node)
        };
        let node = tree.at_all(tree.index.texts()).find(is_it)?;
        Some(Spot::of(file, tree.span(node)))
    })
}

/// Whether a node is a header with this name, as far as that can be seen.
fn is_pair(node: &Node<'_>, named: Option<&str>, rule: Mistake) -> bool {
    if rule == Mistake::HeaderNotTuple && named.is_some() && node.expr().and_then(literal) == named
    {
        return true;
    }
    let parts = match node.expr() {
        Some(Expr::Tuple(tuple)) => &tuple.elts,
        Some(Expr::List(list)) if rule == Mistake::HeaderNotTuple => &list.elts,
        _ => return false,
    };
    match (named, &parts[..]) {
        (Some(named), [first, ..]) => literal(first) == Some(named),
        // A name that is no str.
        (None, [first, _]) => matches!(
            first,
            Expr::BytesLiteral(_) | Expr::NumberLiteral(_) | Expr::NoneLiteral(_)
        ),
        _ => false,
    }
}

pub fn through_dict(case: &Case<'_>, broken: &RuleBroken) -> Option<Spot> {
    let blame = broken.by.blame.as_ref()?;
    let tree = case.tree(&blame.file)?;
    let made = tree.function_at(blame.line).and_then(|function| {
        tree.inside(function)
            .find(|node| node.expr().is_some_and(is_dict_of))
    });
    match made {
        Some(node) => Some(Spot::of(&blame.file, tree.span(node))),
        None => call_spot(case, blame, "start"),
    }
}

/// `dict(headers)`, or a dict comprehension.
pub fn is_dict_of(expr: &Expr) -> bool {
    let made = call_of(expr, "dict").is_some_and(|call| argument(call, 0).is_some());
    made || expr.is_dict_comp_expr()
}

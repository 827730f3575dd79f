//! Set-Cookie headers that set other cookies than they should (RFC 6265, section 4.1).

use std::rc::Rc;

use ruff_python_ast::Expr;

use super::Finding;
use super::head::{call_spot, pair_that_ran};
use super::look::Look;
use crate::diagnosis::Mistake;
use crate::diagnosis::Spot;
use crate::diagnosis::case::Case;
use crate::diagnosis::fix::rewritten;
use crate::diagnosis::source::{
    Node, Tree, argument, call, call_of, is_header, literal, method, name as name_of,
};
use crate::exchange::{By, EventKind};

/// What may follow the value of a cookie.
const ATTRIBUTES: &[&str] = &[
    "path",
    "domain",
    "expires",
    "max-age",
    "secure",
    "httponly",
    "samesite",
    "priority",
    "partitioned",
    "version",
    "comment",
    "commenturl",
    "discard",
    "port",
];

pub fn find(case: &Case<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (at, kind) in case.run.kinds() {
        match kind {
            EventKind::StartResponse(started) => {
                let headers = started.headers.iter();
                let mut cookies = headers.filter(|(name, _)| is_set_cookie(name));
                found.extend(cookies.find_map(|(_, value)| cookie(case, value, &started.by, at)));
            }
            EventKind::RuleBroken(broken)
                if broken.rule == Mistake::HeaderInjection.slug()
                    && broken.subject.as_deref().is_some_and(is_set_cookie) =>
            {
                found.extend(lines(case, &broken.message, &broken.by, at));
            }
            _ => {}
        }
    }
    found
}

pub fn is_set_cookie(name: &str) -> bool {
    name.eq_ignore_ascii_case("set-cookie")
}

fn cookie(case: &Case<'_>, value: &str, by: &By, at: usize) -> Option<Finding> {
    // What a framework makes is its own business.
    by.blame.as_ref()?;
    if begins_with_its_name(value) {
        return Some(output_name(case, value, by, at));
    }
    let second = second_cookie(value)?;
    let message = format!("Set-Cookie: {value} sets one cookie; {second}=… is not a second one");
    let spot = joined_at(case, second, by);
    Some(Finding::new(Mistake::CookiesInOneHeader, message, spot, at))
}

/// Several lines, as `output()` gives them for several cookies: the message shows the value as
/// Python writes it.
fn lines(case: &Case<'_>, message: &str, by: &By, at: usize) -> Option<Finding> {
    let (_, value) = message.split_once(": ")?;
    let (first, rest) = value.split_once("\\r\\n")?;
    if begins_with_its_name(first.trim_start_matches(['\'', '"'])) {
        let message = format!("the value of Set-Cookie begins with its name: {value}");
        let spot = made_at(case, is_named_output).or_else(|| header_at(case, by));
        return Some(Finding::new(Mistake::CookieOutputName, message, spot, at));
    }
    let is_output = |_: &Tree<'_>, expr: &Expr| call_of(expr, "output").is_some();
    let spot = made_at(case, is_output)?;
    rest.contains('=').then(|| {
        let message = format!("a header sets one cookie, and this value holds several: {value}");
        Finding::new(Mistake::CookiesInOneHeader, message, Some(spot), at)
    })
}

fn begins_with_its_name(value: &str) -> bool {
    let name = value.trim_start().split(':').next().unwrap_or_default();
    is_set_cookie(name) && value.contains(':')
}

fn output_name(case: &Case<'_>, value: &str, by: &By, at: usize) -> Finding {
    let message = format!("the value of Set-Cookie begins with its name: {value}");
    let made = node_made(case, is_named_output);
    let (spot, edit) = match &made {
        Some((file, tree, node)) => {
            let spot = Spot::of(file, tree.span(node));
            let on = node.expr().and_then(|it| output_of(tree, it));
            let edit = on.and_then(|on| rewritten(tree.source, &spot, |_| Some(morsel(tree, on))));
            (Some(spot), edit)
        }
        None => (header_at(case, by), None),
    };
    let finding = Finding::new(Mistake::CookieOutputName, message, spot, at);
    finding.with_edit(edit)
}

/// The line of a cookie without its name.
fn morsel(tree: &Tree<'_>, cookie: &Expr) -> String {
    let code = tree.source.code(cookie);
    if is_morsel(tree, cookie) {
        format!("{code}.OutputString()")
    } else {
        format!("{code}.output(header='').strip()")
    }
}

/// The cookie whose line an expression makes.
fn output_of<'e>(tree: &Tree<'_>, expr: &'e Expr) -> Option<&'e Expr> {
    if let Some((on, "output", call)) = method(expr) {
        let named = call
            .arguments
            .keywords
            .iter()
            .any(|it| it.arg.as_ref().is_some_and(|it| it == "header"));
        let is_plain = !named && call.arguments.args.len() < 2;
        return is_plain.then_some(on);
    }
    let of = argument(call_of(expr, "str")?, 0)?;
    let is_cookie = tree.origins_of(of).into_iter().any(|it| {
        call(it)
            .is_some_and(|(_, called)| matches!(called, "SimpleCookie" | "BaseCookie" | "Morsel"))
    });
    (is_cookie || is_morsel(tree, of)).then_some(of)
}

fn is_named_output(tree: &Tree<'_>, expr: &Expr) -> bool {
    output_of(tree, expr).is_some()
}

/// Whether an expression is one cookie of several: an item of them, or what a loop takes from them.
fn is_morsel(tree: &Tree<'_>, expr: &Expr) -> bool {
    let is_item = |expr: &Expr| expr.is_subscript_expr() || call_of(expr, "Morsel").is_some();
    let node = tree.node_of(expr);
    let looped = || {
        let function = node.and_then(|node| node.function);
        let parts = name_of(expr).map(|it| tree.parts_bound_to(it, node, function));
        let mut parts = parts.into_iter().flatten();
        parts.any(|it| call_of(it, "values").is_some())
    };
    tree.origins_of(expr).into_iter().any(is_item) || looped()
}

/// The name of a second cookie in a value.
fn second_cookie(value: &str) -> Option<&str> {
    if value.contains('"') {
        // A quoted value may hold anything.
        return None;
    }
    let mut parts = value.split(';');
    let first = after_comma(parts.next()?, false);
    first.or_else(|| {
        parts.find_map(|part| {
            let (key, _) = part.split_once('=').unwrap_or((part, ""));
            let key = key.trim();
            let own = key.split(',').next().unwrap_or_default().trim();
            let is_known = ATTRIBUTES.contains(&own.to_ascii_lowercase().as_str());
            if is_known {
                return after_comma(part, true);
            }
            (part.contains('=') && is_token(key)).then_some(key)
        })
    })
}

/// The name of what follows a comma as a cookie would: `, name=`. A value may hold a comma without
/// a space itself; an attribute holds none, but for the date of Expires, which has no `=`.
fn after_comma(part: &str, in_attribute: bool) -> Option<&str> {
    part.match_indices(',').find_map(|(at, _)| {
        let rest = &part[at + 1..];
        let (name, _) = rest.split_once('=')?;
        let is_apart = in_attribute || name.starts_with(' ');
        let name = name.trim_start();
        (is_apart && is_token(name)).then_some(name)
    })
}

fn is_token(text: &str) -> bool {
    let is_part = |it: char| it.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(it);
    !text.is_empty() && text.chars().all(is_part)
}

/// Where several cookies were put into one value.
fn joined_at(case: &Case<'_>, second: &str, by: &By) -> Option<Spot> {
    let joins = |_: &Tree<'_>, expr: &Expr| match method(expr) {
        Some((_, "output", _)) => true,
        Some((on, "join", _)) => literal(on).is_some_and(|it| matches!(it.trim(), "," | ";")),
        _ => false,
    };
    let holds = |_: &Tree<'_>, expr: &Expr| {
        literal(expr).is_some_and(|it| {
            let rest = it.split_once(second).map(|(_, rest)| rest);
            rest.is_some_and(|rest| rest.trim_start().starts_with('='))
        })
    };
    made_at(case, joins)
        .or_else(|| made_at(case, holds))
        .or_else(|| header_at(case, by))
}

/// The header, or the call of `start_response`.
fn header_at(case: &Case<'_>, by: &By) -> Option<Spot> {
    pair_that_ran(case, "set-cookie").or_else(|| call_spot(case, by))
}

fn made_at(case: &Case<'_>, fits: impl Fn(&Tree<'_>, &Expr) -> bool) -> Option<Spot> {
    let (file, tree, node) = node_made(case, fits)?;
    Some(Spot::of(file, tree.span(&node)))
}

/// An expression of this kind that ran: one of which a Set-Cookie header was made, or else any.
fn node_made<'a>(
    case: &Case<'a>,
    fits: impl Fn(&Tree<'a>, &Expr) -> bool,
) -> Option<(&'a str, Rc<Tree<'a>>, Node<'a>)> {
    let of_header = case.trees().find_map(|(file, tree)| {
        let look = Look {
            case,
            file,
            tree: &tree,
        };
        let ran = case.ran_nodes(file, &tree);
        let mut pairs = ran.iter().filter_map(Node::expr).filter_map(|it| match it {
            Expr::Tuple(pair) if is_header(it, "set-cookie") => pair.elts.get(1),
            _ => None,
        });
        let found = pairs.find_map(|value| {
            let makings = tree.all_makings(tree.node_of(value)?);
            let mut makings = makings.into_iter().filter(|it| fits(&tree, it));
            makings.find_map(|it| tree.node_of(it).filter(|it| look.ran(it)).copied())
        });
        found.map(|node| (file, tree, node))
    });
    of_header.or_else(|| {
        case.trees().find_map(|(file, tree)| {
            let ran = case.ran_nodes(file, &tree);
            let is_it = |node: &&Node<'a>| node.expr().is_some_and(|it| fits(&tree, it));
            let node = *ran.iter().find(is_it)?;
            Some((file, tree, node))
        })
    })
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::second_cookie;

    #[rstest]
    #[case::commas("a=1; Path=/; HttpOnly, b=2; Path=/", Some("b"))]
    #[case::comma_after_a_path("a=1; Path=/,b=2", Some("b"))]
    #[case::comma_after_a_value("a=1, b=2", Some("b"))]
    #[case::semicolons("a=1; b=2", Some("b"))]
    #[case::one("a=1; Path=/shop; Max-Age=60; SameSite=Lax; Secure", None)]
    #[case::date("a=1; Expires=Fri, 31 Dec 2027 23:59:59 GMT; Path=/", None)]
    #[case::comma_in_a_value("a=b|c,d=2; Path=/", None)]
    #[case::quoted("a=\"b; c=2\"", None)]
    #[case::unknown_flag("a=1; SameParty", None)]
    fn a_second_cookie_is_none_of_the_attributes(
        #[case] value: &str,
        #[case] second: Option<&str>,
    ) {
        assert_eq!(second_cookie(value), second);
    }
}

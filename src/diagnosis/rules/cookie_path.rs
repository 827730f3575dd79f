//! A cookie without `Path`, which the browser sends only below the folder of the page that set it,
//! in an application that looks for it on a page elsewhere (RFC 6265, section 5.1.4).

use ruff_python_ast::{CmpOp, Expr, Stmt};
use ruff_text_size::Ranged as _;

use super::Finding;
use super::cookies::is_set_cookie;
use super::head::call_spot;
use super::look::{Look, at_each_file, while_steps_last};
use crate::diagnosis::Spot;
use crate::diagnosis::case::Case;
use crate::diagnosis::source::{Node, Tree, holds, is_header, literal, look_up, parameters};
use crate::diagnosis::{Edit, Mistake};
use crate::exchange::StartResponse;

pub fn find(case: &Case<'_>) -> Vec<Finding> {
    let Some((at, started)) = case.run.last_start() else {
        return Vec::new();
    };
    let Some(folder) = folder(case, started) else {
        return Vec::new();
    };
    let headers = started.headers.iter();
    let cookies = headers.filter(|(name, _)| is_set_cookie(name));
    for (_, value) in cookies.filter(|(_, value)| !has_path(value)) {
        let cookie = value.split('=').next().unwrap_or_default().trim();
        let wanted = at_each_file(case, |look| {
            let compares = look.tree.compares();
            while_steps_last(case, compares, |node| wanted_at(look, node, cookie, folder))
        });
        if let Some(wanted) = wanted.into_iter().next() {
            let (spot, edit) = made_at(case, value);
            let spot = spot.or_else(|| call_spot(case, &started.by));
            let finding = Finding::new(Mistake::CookiePath, wanted.message, spot, at);
            return vec![finding.with_edit(edit)];
        }
    }
    Vec::new()
}

/// The folder that the browser keeps a cookie for which has no `Path`; nothing where that is the
/// whole site, where a framework answered, or where the application does not see the whole path.
fn folder<'a>(case: &Case<'a>, started: &StartResponse) -> Option<&'a str> {
    let request = case.exchange().now().request.as_ref()?;
    let path = request.target.split('?').next().unwrap_or_default();
    let (folder, _) = path
        .rsplit_once('/')
        .filter(|(it, _)| it.starts_with('/'))?;
    let is_whole = started.mounted.is_none() && !case.mentions("SCRIPT_NAME");
    (started.by.blame.is_some() && is_whole).then_some(folder)
}

fn has_path(cookie: &str) -> bool {
    let mut attributes = cookie.split(';').skip(1);
    attributes.any(|it| {
        let name = it.split('=').next().unwrap_or_default();
        name.trim().eq_ignore_ascii_case("path")
    })
}

/// Whether the browser sends a cookie of a folder with a request for this path.
fn is_below(path: &str, folder: &str) -> bool {
    let rest = path.strip_prefix(folder);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// A comparison of the path with a page elsewhere, under which the cookie is looked for.
fn wanted_at<'a>(
    look: &Look<'a, '_>,
    node: &Node<'a>,
    cookie: &str,
    folder: &str,
) -> Option<Finding> {
    let tree = look.tree;
    let Expr::Compare(compare) = node.expr()? else {
        return None;
    };
    let ([op], [right]) = (&*compare.ops, &*compare.comparators) else {
        return None;
    };
    let pages: Vec<&str> = match (op, right) {
        (CmpOp::Eq, page) => literal(page).into_iter().collect(),
        (CmpOp::In, Expr::Tuple(it)) => it.elts.iter().filter_map(literal).collect(),
        (CmpOp::In, Expr::List(it)) => it.elts.iter().filter_map(literal).collect(),
        (CmpOp::In, Expr::Set(it)) => it.elts.iter().filter_map(literal).collect(),
        _ => return None,
    };
    let page = pages
        .into_iter()
        .find(|it| it.starts_with('/') && !is_below(it, folder))?;
    let of_path = |it: &Expr| look_up(it).is_some_and(|it| it.key == "PATH_INFO");
    if !tree.all_makings_of(&compare.left).into_iter().any(of_path) {
        return None;
    }
    let (outer, body) = body_under(tree, node)?;
    let inside = tree.inside(outer).filter(|it| holds(body, it));
    // What is in a larger expression is looked at with that.
    let is_whole = |it: &&Node<'a>| {
        it.expr().is_some() && tree.parent(it).is_some_and(|outer| outer.stmt().is_some())
    };
    let mut exprs = inside.filter(is_whole);
    exprs.any(|it| looks_for(tree, it, cookie)).then(|| {
        let message = format!(
            "the cookie {cookie} has no Path: the browser sends it below {folder}/ only, and not to \
             {page}, which looks for it"
        );
        look.finding(Mistake::CookiePath, message, node)
    })
}

/// The statements that run when a comparison holds, and the `if` they belong to.
fn body_under<'t, 'a>(
    tree: &'t Tree<'a>,
    compare: &Node<'a>,
) -> Option<(&'t Node<'a>, &'a [Stmt])> {
    let mut around = tree.around(compare);
    let outer = around.find(|it| match it.expr() {
        // What is true when another one is false says nothing of it.
        Some(Expr::UnaryOp(_)) | None => true,
        Some(_) => false,
    })?;
    let Some(Stmt::If(branches)) = outer.stmt() else {
        return None;
    };
    let range = compare.range();
    if branches.test.range().contains_range(range) {
        return Some((outer, &branches.body));
    }
    let mut clauses = branches.elif_else_clauses.iter();
    let clause = clauses.find(|it| {
        let test = it.test.as_ref();
        test.is_some_and(|it| it.range().contains_range(range))
    })?;
    Some((outer, &clause.body))
}

/// Whether an expression is made of the cookie of this name.
fn looks_for<'a>(tree: &Tree<'a>, node: &Node<'a>, cookie: &str) -> bool {
    let makings = tree.makings(node, &|it| may_be_another(tree, it));
    let has = |key: &str| {
        let mut makings = makings.iter();
        makings.any(|it| look_up(it).is_some_and(|it| it.key == key))
    };
    let named = |it: &&&Expr| literal(it).is_some_and(|it| it.split('=').next() == Some(cookie));
    has("HTTP_COOKIE") && (has(cookie) || makings.iter().any(|it| named(&it)))
}

/// Whether a value may be another one on each page: an argument, a variable that is set or added to
/// in several places, an attribute or an item that is. What it is where there is no cookie, such as
/// None, is no other one.
fn may_be_another(tree: &Tree<'_>, expr: &Expr) -> bool {
    match expr {
        Expr::Name(it) => {
            let (variable, Some(node)) = (it.id.as_str(), tree.node_of(expr)) else {
                return true;
            };
            let function = tree.function_around(node).and_then(Node::function);
            function.is_some_and(|it| parameters(it).contains(&variable))
                || has_several(tree.assigned(variable, node.function))
                || !tree.index.added(variable).is_empty()
        }
        Expr::Attribute(it) => {
            let class = tree.node_of(expr).and_then(|it| tree.class_around(it));
            class.is_some_and(|class| tree.index.attributes(class.at, &it.attr).len() > 1)
        }
        other => look_up(other).is_some_and(|it| tree.index.keys(it.key).len() > 1),
    }
}

/// Whether more than one of some values is no constant.
fn has_several(values: &[&Expr]) -> bool {
    let is_constant = |it: &&&Expr| it.is_literal_expr();
    values.iter().filter(|it| !is_constant(it)).count() > 1
}

/// The header that set the cookie, and its value with a `Path` where that is a literal.
fn made_at(case: &Case<'_>, value: &str) -> (Option<Spot>, Option<Edit>) {
    for (file, tree) in case.trees() {
        let ran = case.ran_nodes(file, &tree);
        let mut pairs = ran.iter().filter_map(|node| match node.expr()? {
            Expr::Tuple(pair) if is_header(node.expr()?, "set-cookie") => {
                Some((node, pair.elts.get(1)?))
            }
            _ => None,
        });
        let Some((node, made)) = pairs.next_back() else {
            continue;
        };
        let code = tree.source.code(made);
        let is_literal = made.is_string_literal_expr() || made.is_f_string_expr();
        let quote = code
            .chars()
            .next_back()
            .filter(|it| matches!(it, '\'' | '"'));
        // One that has several parts, or three quotes, ends in something else.
        let edit = quote.filter(|quote| {
            is_literal && code.matches(*quote).count() == 2 && !value.trim_end().ends_with(';')
        });
        let edit = edit.and_then(|quote| {
            let text = code.strip_suffix(quote)?;
            let code = format!("{text}; Path=/{quote}");
            Edit::replacing(tree.source, file, made.range(), &code)
        });
        return (Some(Spot::of(file, tree.span(node))), edit);
    }
    (None, None)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{has_path, is_below};

    #[rstest]
    #[case("/shop", true)]
    #[case("/shop/", true)]
    #[case("/shop/cart/1", true)]
    #[case("/shopping", false)]
    #[case("/", false)]
    #[case("/account", false)]
    fn a_path_is_below_a_folder_as_browsers_have_it(#[case] path: &str, #[case] below: bool) {
        assert_eq!(is_below(path, "/shop"), below);
    }

    #[rstest]
    #[case("a=1; Path=/", true)]
    #[case("a=1; HttpOnly;path=/shop", true)]
    #[case("path=1; HttpOnly", false)]
    #[case("a=1", false)]
    fn a_path_is_an_attribute(#[case] cookie: &str, #[case] has: bool) {
        assert_eq!(has_path(cookie), has);
    }
}

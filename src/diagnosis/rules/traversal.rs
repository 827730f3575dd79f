//! A path of a visitor's that leads out of a folder, where a file outside of it was sent.

use ruff_python_ast::{Expr, Operator};

use super::Finding;
use super::look::{Look, at_each_file};
use crate::diagnosis::Mistake;
use crate::diagnosis::case::Case;
use crate::diagnosis::source::{Node, argument, call, environ_key, literal, method, name};

/// What keeps a path inside of a folder, or asks whether it is.
const GUARDS: &[&str] = &[
    "basename",
    "secure_filename",
    "safe_join",
    "commonpath",
    "commonprefix",
    "is_relative_to",
    "relative_to",
    "send_from_directory",
    "name",
];

/// What takes the dots out of a path. Done to the folder alone, it guards nothing.
const RESOLVERS: &[&str] = &["realpath", "resolve", "normpath"];

/// What opens a file whose path it is given.
const OPENS: &[&str] = &["open", "read_bytes", "read_text", "FileIO"];

pub fn find(case: &Case<'_>) -> Vec<Finding> {
    let texts = texts(case);
    let answered = case.run.answered();
    let sends_something = answered.ok && answered.bytes > 0;
    if !sends_something || !texts.iter().any(|text| text.contains("..")) {
        return Vec::new();
    }
    at_each_file(case, |look| {
        let opened = OPENS.iter().flat_map(|called| look.tree.calls(called));
        let opened = opened.filter(|node| case.ran(look.file, look.tree, node));
        opened
            .filter_map(|node| look.leads_out(node, &texts))
            .take(1)
            .collect()
    })
}

/// What the visitor can have written a path in: the path of the request, and the values of its
/// query.
fn texts(case: &Case<'_>) -> Vec<String> {
    let path = case.environ("PATH_INFO").unwrap_or_default();
    let query = case.environ("QUERY_STRING").unwrap_or_default();
    let values = query.split('&').filter_map(|it| it.split_once('='));
    let values = values.map(|(_, value)| decoded(value));
    std::iter::once(path.to_owned()).chain(values).collect()
}

/// A value of a query as it is meant.
fn decoded(value: &str) -> String {
    let value = value.replace('+', " ");
    let bytes = percent_encoding::percent_decode_str(&value);
    bytes.decode_utf8_lossy().into_owned()
}

/// Whether a path leads above the folder it begins in.
fn climbs(path: &str) -> bool {
    let mut depth = 0_i32;
    path.split('/').any(|part| {
        depth += match part {
            "" | "." => 0,
            ".." => -1,
            _ => 1,
        };
        depth < 0
    })
}

impl<'a> Look<'a, '_> {
    /// A file that was opened by a path of a folder and the visitor's text, with nothing to keep it
    /// inside.
    fn leads_out(&self, node: &Node<'a>, texts: &[String]) -> Option<Finding> {
        let tree = self.tree;
        let (opens, _) = call(node.expr()?)?;
        let method_of = method(node.expr()?).map(|(on, _, _)| on);
        let path = method_of
            .filter(|on| !matches!(name(on), Some("os" | "io" | "codecs")))
            .or_else(|| argument(opens, 0))?;
        let made = tree.makings(tree.node_of(path)?, &is_only_asked);
        let guarded = made.iter().any(|it| match it {
            Expr::Attribute(it) => GUARDS.contains(&it.attr.as_str()),
            Expr::Name(it) => GUARDS.contains(&it.id.as_str()) && it.id != *"name",
            _ => false,
        });
        let mut checks = GUARDS.iter().filter(|it| **it != "name");
        let checked = checks.any(|it| tree.index.names_anything(it));
        if guarded || checked || self.is_resolved() || self.is_another(path) {
            return None;
        }
        let reached = texts.iter().find(|text| out_of(text, &made))?;
        let joined = made
            .iter()
            .copied()
            .find(|it| self.joins_a_visitors_text(it))?;
        // A name that begins like the folder's is no proof of lying in it.
        let begins = tree.calls("startswith").find(|it| {
            let on = it.expr().and_then(method).map(|(on, _, _)| on);
            let makings = on.and_then(|on| tree.node_of(on));
            let ran = self.case.ran(self.file, tree, it);
            ran && makings.is_some_and(|it| {
                let mut parts = tree.all_makings(it).into_iter();
                parts.any(|part| std::ptr::eq(part, joined))
            })
        });
        let place = match begins {
            Some(node) => node,
            None => tree.node_of(joined)?,
        };
        let message = format!("{reached} leads out of the folder, and the file there was sent");
        Some(self.finding(Mistake::PathTraversal, message, place))
    }

    /// Whether the dots are taken out of what the visitor wrote.
    fn is_resolved(&self) -> bool {
        let mut calls = RESOLVERS.iter().flat_map(|called| self.tree.calls(called));
        calls.any(|node| self.tree.all_makings(node).into_iter().any(is_of_visitor))
    }

    /// Whether a variable that is assigned several times had another path than the visitor's at
    /// last.
    fn is_another(&self, path: &Expr) -> bool {
        let variable = name(path).unwrap_or_default();
        let function = self.tree.node_of(path).and_then(|it| it.function);
        if self.tree.assigned(variable, function).len() < 2 {
            return false;
        }
        let steps = self.case.run.steps().iter().rev();
        let steps = steps.filter(|(_, step)| step.place.file == self.file);
        let mut locals = steps.flat_map(|(_, step)| step.locals.iter().rev());
        let last = locals.find(|(known, value)| known == variable && value.is_some());
        last.and_then(|(_, value)| value.as_deref())
            .is_none_or(|value| !value.contains(".."))
    }

    /// Whether an expression joins a folder and what the visitor wrote.
    fn joins_a_visitors_text(&self, expr: &Expr) -> bool {
        let (folder, rest): (&Expr, &[Expr]) = match expr {
            Expr::BinOp(it) if matches!(it.op, Operator::Add | Operator::Div | Operator::Mod) => {
                (&it.left, std::slice::from_ref(&it.right))
            }
            Expr::Call(it) => match (call(expr), method(expr), it.arguments.args.split_first()) {
                (Some((_, "join" | "Path")), _, Some(parts)) => parts,
                (_, Some((folder, "joinpath", _)), _) => (folder, &it.arguments.args),
                _ => return false,
            },
            Expr::FString(_) => (expr, std::slice::from_ref(expr)),
            _ => return false,
        };
        let is_text = |expr: &Expr| {
            let node = self.tree.node_of(expr);
            let made = node.map(|it| self.tree.makings(it, &is_only_asked));
            made.unwrap_or_default().into_iter().any(is_of_visitor)
        };
        rest.iter().any(is_text) && (expr.is_f_string_expr() || !is_text(folder))
    }
}

/// Whether what is in an expression chooses or counts something, and does not become part of it.
fn is_only_asked(expr: &Expr) -> bool {
    match expr {
        Expr::Compare(_) => true,
        // A table, with a name of the visitor's for its key.
        Expr::Subscript(it) => !matches!(
            &*it.slice,
            Expr::StringLiteral(_) | Expr::NumberLiteral(_) | Expr::UnaryOp(_) | Expr::Slice(_)
        ),
        Expr::Call(it) => match call(expr) {
            Some((_, "get" | "pop" | "setdefault")) => {
                argument(it, 0).is_none_or(|it| literal(it).is_none())
            }
            Some((_, called)) => matches!(
                called,
                "len"
                    | "int"
                    | "float"
                    | "hash"
                    | "ord"
                    | "hexdigest"
                    | "digest"
                    | "md5"
                    | "sha1"
                    | "sha256"
                    | "uuid5"
                    | "quote"
                    | "quote_plus"
                    | "b64encode"
                    | "urlsafe_b64encode"
            ),
            None => false,
        },
        _ => false,
    }
}

fn is_of_visitor(expr: &Expr) -> bool {
    environ_key(expr).is_some_and(|it| {
        matches!(
            it.key,
            "PATH_INFO" | "QUERY_STRING" | "REQUEST_URI" | "RAW_URI"
        )
    })
}

/// Whether a text leads out of a folder after what is done to it on the way to the path.
fn out_of(text: &str, made: &[&Expr]) -> bool {
    let mut text = text.to_owned();
    let mut cut = false;
    for expr in made {
        match expr {
            Expr::Subscript(it) => cut |= it.slice.is_slice_expr(),
            Expr::Call(_) => match method(expr) {
                Some((_, "replace", call)) => {
                    let parts = argument(call, 0).and_then(literal);
                    let parts = parts.zip(argument(call, 1).and_then(literal));
                    if let Some((old, new)) = parts.filter(|(old, _)| !old.is_empty()) {
                        text = text.replace(old, new);
                    }
                }
                Some((_, "removeprefix" | "partition" | "split" | "rpartition", _)) => cut = true,
                _ => {}
            },
            _ => {}
        }
    }
    // What is cut off at the beginning ends at a slash.
    let rests = text.match_indices('/').map(|(at, _)| &text[at..]);
    climbs(&text) || cut && rests.into_iter().any(climbs)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{climbs, decoded};

    #[rstest]
    #[case("..%2Fkeys.txt", "../keys.txt")]
    #[case("%2e%2E/%6Beys%2etxt", "../keys.txt")]
    #[case("../gr%C3%BCne+keys.txt", "../gr\u{fc}ne keys.txt")]
    #[case("../1%2B1.txt", "../1+1.txt")]
    #[case("%252e%252e/keys.txt", "%2e%2e/keys.txt")]
    #[case("../100%.txt", "../100%.txt")]
    fn a_value_of_a_query_is_decoded_once(#[case] sent: &str, #[case] text: &str) {
        assert_eq!(decoded(sent), text);
    }

    #[rstest]
    #[case("a/../b", false)]
    #[case("/a/..", false)]
    #[case("a/../../b", true)]
    #[case("../a", true)]
    #[case("./..a/...", false)]
    fn a_path_climbs_that_leaves_its_folder(#[case] path: &str, #[case] leaves: bool) {
        assert_eq!(climbs(path), leaves);
    }
}

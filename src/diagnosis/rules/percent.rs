//! A template for the `%` operator that holds a `%` of its own, such as the one of `width: 100%;`.

use std::collections::HashSet;

use ruff_python_ast::{Expr, ExprBinOp, Operator};
use ruff_text_size::{Ranged as _, TextRange, TextSize};

use super::Finding;
use super::thrown::{Thrown, told};
use crate::diagnosis::source::{Node, Tree, argument, call, name};
use crate::diagnosis::{Edit, Mistake};

/// What a conversion ends in. (`b` is one of bytes only.)
const CONVERSIONS: &str = "diouxXeEfFgGcrsa%";
/// Functions and methods that give the same text in another form.
const SAME_TEXT: &[&str] = &["dedent", "encode", "strip", "lstrip", "rstrip", "lower"];
/// Calls that give text, and never the names of a mapping.
const GIVE_TEXT: &[&str] = &["escape", "quote", "str", "int", "len", "join", "encode"];

/// An exception of `template % values` because of a `%` that was meant as one.
pub fn thrown(thrown: &Thrown<'_, '_>) -> Option<Finding> {
    let unsupported = thrown.is(&["ValueError"])
        && (thrown.says("unsupported format character") || thrown.says("incomplete format"));
    let missing = thrown.is(&["TypeError"])
        && [
            "not enough arguments for format string",
            "number is required, not",
            "integer is required, not",
            "must be real number, not",
        ]
        .iter()
        .any(|it| thrown.says(it));
    if !unsupported && !missing {
        return None;
    }
    let tree = thrown.tree.as_ref()?;
    let (node, modulo) = thrown
        .exprs()
        .into_iter()
        .find_map(|(node, expr)| match expr {
            Expr::BinOp(it) if it.op == Operator::Mod => Some((node, it)),
            _ => None,
        })?;
    let texts: Vec<Template<'_>> = literals(tree, &modulo.left)
        .into_iter()
        .map(|it| Template::read(tree, it))
        .collect();
    let finding = |message: String| {
        thrown.finding_with(Mistake::PercentInTemplate, message, thrown.spot_of(&node))
    };
    if texts.is_empty() {
        let is_sure = unsupported && is_no_letter(&thrown.raised.message) && is_text(tree, modulo);
        let message = format!(
            "the template has a literal %, which starts a conversion there: {}",
            told(thrown.raised)
        );
        return is_sure.then(|| finding(message));
    }
    let mut with_own = texts.iter().filter(|it| !it.own.is_empty());
    let text = with_own.next()?;
    if missing && !fits(&texts, &modulo.right) {
        return None;
    }
    let message = format!(
        "the template has a literal %, in {}, which starts a conversion there: {}",
        text.excerpt(tree)?,
        told(thrown.raised)
    );
    let is_modulo = |node: &Node<'_>| {
        let outer = tree.parent(node).and_then(Node::expr);
        matches!(outer, Some(Expr::BinOp(it))
            if it.op == Operator::Mod && tree.node_of(&it.left).is_some_and(|it| it.at == node.at))
    };
    let is_only = with_own.next().is_none();
    let edit = is_only.then(|| doubled(thrown, &modulo.left, text.expr, &text.own, &is_modulo));
    Some(finding(message).with_edit(edit.flatten()))
}

/// The literals that a template is, or is joined of.
pub fn literals<'a>(tree: &Tree<'a>, template: &Expr) -> Vec<&'a Expr> {
    let mut found = Vec::new();
    let mut seen = HashSet::new();
    let mut rest = tree.origins_of(template);
    while let Some(expr) = rest.pop() {
        let is_new = tree.node_of(expr).is_some_and(|it| seen.insert(it.at));
        if !is_new || !tree.budget.take(1) {
            continue;
        }
        match expr {
            Expr::StringLiteral(_) | Expr::BytesLiteral(_) => found.push(expr),
            Expr::BinOp(sum) if sum.op == Operator::Add => {
                rest.extend(tree.origins_of(&sum.left));
                rest.extend(tree.origins_of(&sum.right));
            }
            Expr::Call(outer) if call(expr).is_some_and(|(_, it)| SAME_TEXT.contains(&it)) => {
                let on = match &*outer.func {
                    Expr::Attribute(it) if name(&it.value) != Some("textwrap") => Some(&*it.value),
                    _ => argument(outer, 0),
                };
                rest.extend(on.map(|on| tree.origins_of(on)).unwrap_or_default());
            }
            _ => {}
        }
    }
    found
}

/// A literal, and what the `%` in it are.
struct Template<'a> {
    expr: &'a Expr,
    /// The bytes of the file at which there is a `%` that was meant as one.
    own: Vec<usize>,
    /// How many values the conversions take, `None` where they take them by name.
    takes: Option<usize>,
}

impl<'a> Template<'a> {
    fn read(tree: &Tree<'_>, expr: &'a Expr) -> Self {
        let mut template = Self {
            expr,
            own: Vec::new(),
            takes: Some(0),
        };
        let code = tree.source.code(expr);
        let start = expr.range().start().to_usize();
        let mut rest = 0;
        while let Some(found) = code.get(rest..).and_then(|it| it.find('%')) {
            let at = rest + found;
            let percent = Percent::read(&code[..at], &code[at + 1..], expr.is_bytes_literal_expr());
            if percent.is_own {
                template.own.push(start + at);
                rest = at + 1;
            } else {
                rest = at + 1 + percent.length;
                template.takes = match template.takes {
                    Some(takes) if !percent.is_named => Some(takes + percent.takes),
                    _ => None,
                };
            }
        }
        template
    }

    /// The first `%` of its own with the word it stands in.
    fn excerpt<'t>(&self, tree: &'t Tree<'_>) -> Option<&'t str> {
        const LETTERS: usize = 20;
        let at = *self.own.first()?;
        let text = tree.source.text();
        let is_end = |letter: char| letter.is_whitespace() || "'\"><;{}".contains(letter);
        let before = text.get(..at)?.char_indices().rev();
        let before = before.take_while(|(_, it)| !is_end(*it)).take(LETTERS);
        let from = before.last().map_or(at, |(from, _)| from);
        let after = text.get(at + 1..)?.chars().next();
        let after = after.filter(|it| !it.is_whitespace() && !"'\"\\".contains(*it));
        text.get(from..at + 1 + after.map_or(0, char::len_utf8))
    }
}

/// A literal with the letters at these bytes of the file written twice, where it is nothing but a
/// template: elsewhere it would show them twice. `is_use` says what uses it as one.
pub fn doubled<'a>(
    thrown: &Thrown<'a, '_>,
    template: &Expr,
    text: &Expr,
    own: &[usize],
    is_use: &dyn Fn(&Node<'a>) -> bool,
) -> Option<Edit> {
    let tree = thrown.tree.as_ref()?;
    if !is_template_only(tree, template, text, is_use) {
        return None;
    }
    let source = tree.source;
    let (first, end) = (*own.first()?, *own.last()? + 1);
    let place = |at: usize| TextSize::try_from(at).ok();
    let mut code = String::new();
    for (at, letter) in source.text().get(first..end)?.char_indices() {
        code.push(letter);
        if own.contains(&(first + at)) {
            code.push(letter);
        }
    }
    Edit::replacing(
        source,
        thrown.file,
        TextRange::new(place(first)?, place(end)?),
        &code,
    )
}

/// A `%` in a template, with what Python reads behind it.
struct Percent {
    /// Whether it was meant as a `%`.
    is_own: bool,
    is_named: bool,
    takes: usize,
    /// The bytes of what follows and belongs to it.
    length: usize,
}

impl Percent {
    fn read(before: &str, after: &str, is_bytes: bool) -> Self {
        let mut rest = after;
        let mut skip = |letters: &str| {
            let skipped = rest.len() - rest.trim_start_matches(|it| letters.contains(it)).len();
            let (skipped, left) = rest.split_at(skipped);
            rest = left;
            skipped
        };
        let flags;
        let mut is_named = false;
        let mut stars = 0;
        if after.starts_with('(') {
            is_named = true;
            rest = after.find(')').map_or("", |end| &after[end + 1..]);
            flags = "";
        } else {
            flags = skip(" #0-+");
            for part in ["0123456789*", ".", "0123456789*", "hlL"] {
                stars += skip(part).matches('*').count();
            }
        }
        let rest = if is_named {
            rest.trim_start_matches(|it| " #0-+123456789.hlL".contains(it))
        } else {
            rest
        };
        let letter = rest.chars().next();
        let is_conversion =
            letter.is_some_and(|it| CONVERSIONS.contains(it) || is_bytes && it == 'b');
        let number = before.strip_suffix(' ').unwrap_or(before);
        let of_number = number.ends_with(|it: char| it.is_ascii_digit());
        let of_url = after.len() > 1 && after.bytes().take(2).all(|it| it.is_ascii_hexdigit());
        let is_sign = letter.is_none_or(|it| !it.is_alphabetic() && !"{(".contains(it));
        Self {
            is_own: !is_named
                && if is_conversion {
                    of_number && flags.contains(' ')
                } else {
                    of_number || of_url || is_sign
                },
            is_named,
            takes: stars + usize::from(letter != Some('%')),
            length: after.len() - rest.len() + letter.map_or(0, char::len_utf8),
        }
    }
}

/// Whether there are as many values as the conversions take that were meant: else one was
/// forgotten.
fn fits(texts: &[Template<'_>], values: &Expr) -> bool {
    let Expr::Tuple(values) = values else {
        return true;
    };
    let takes = texts.iter().map(|it| it.takes).sum::<Option<usize>>();
    values.elts.iter().any(Expr::is_starred_expr) || takes == Some(values.len())
}

/// Whether the character that Python did not know is no letter, which may be a mistyped conversion.
fn is_no_letter(message: &str) -> bool {
    let letter = message.split('\'').nth(1).and_then(|it| it.chars().next());
    letter.is_none_or(|it| !it.is_alphabetic() && !"{(".contains(it))
}

/// Whether the values are no mapping: with one, the letter behind a `%(name)` may have been
/// forgotten.
fn is_text(tree: &Tree<'_>, modulo: &ExprBinOp) -> bool {
    let mut origins = tree.origins_of(&modulo.right).into_iter();
    origins.any(|it| match it {
        Expr::Tuple(_) | Expr::StringLiteral(_) | Expr::BytesLiteral(_) | Expr::FString(_) => true,
        other => call(other).is_some_and(|(_, called)| GIVE_TEXT.contains(&called)),
    })
}

/// Whether a literal is nothing but a template that is used so.
fn is_template_only<'a>(
    tree: &Tree<'a>,
    template: &Expr,
    text: &Expr,
    is_use: &dyn Fn(&Node<'a>) -> bool,
) -> bool {
    let place = |expr: &Expr| tree.node_of(expr).map(|it| it.at);
    if place(template) == place(text) {
        return true;
    }
    let Some(variable) = name(template) else {
        return false;
    };
    let function = tree.node_of(template).and_then(|it| it.function);
    let is_its = |it: &&Expr| place(it) == place(text);
    if !tree.assigned(variable, function).iter().any(is_its) {
        return false;
    }
    let nodes = tree.nodes();
    if !tree.budget.take(nodes.size_hint().0) {
        return false;
    }
    nodes
        .filter(|node| match node.expr() {
            Some(Expr::Name(it)) => it.ctx.is_load() && it.id == *variable,
            _ => false,
        })
        .all(is_use)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::Percent;

    #[rstest]
    #[case::style("width: 100", ";", true)]
    #[case::attribute("width=\"50", "\"", true)]
    #[case::tag("5", "</p>", true)]
    #[case::keyframe("", "{", false)]
    #[case::keyframe_of_a_number("50", "{", true)]
    #[case::word("100", " sure", true)]
    #[case::word_apart("100 ", " of", true)]
    #[case::end("100", "", true)]
    #[case::two_numbers("50", " 100%;", true)]
    #[case::url("/caf", "C3%A9", true)]
    #[case::doubled("100", "%", false)]
    #[case::conversion("", "s", false)]
    #[case::conversion_behind_a_number("v1.", "s", false)]
    #[case::width("a ", "-20.3f", false)]
    #[case::space_flag("a ", " d", false)]
    #[case::name("", "(name)s", false)]
    #[case::name_without_its_letter("", "(name)</p>", false)]
    #[case::mistyped("", "S", false)]
    #[case::date("", "Y-", false)]
    #[case::braces("", "{name}", false)]
    fn a_percent_is_a_templates_own_where_nothing_else_is_meant(
        #[case] before: &str,
        #[case] after: &str,
        #[case] is_own: bool,
    ) {
        assert_eq!(Percent::read(before, after, false).is_own, is_own);
    }
}

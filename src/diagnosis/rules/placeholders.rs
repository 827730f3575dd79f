//! Templates for `str.format` and `string.Template` that hold a brace or a `$` of their own: those
//! of a style sheet, a script or a price.

use ruff_python_ast::{Expr, ExprCall, Identifier};
use ruff_text_size::Ranged as _;

use super::Finding;
use super::percent::{doubled, literals};
use super::thrown::{Thrown, told};
use crate::diagnosis::Mistake;
use crate::diagnosis::source::{Node, Tree, argument, call_of, method};

/// What `str.format` says of braces that it cannot read, whatever their names.
const UNREADABLE: &[&str] = &[
    "unexpected '{' in field name",
    "Single '}' encountered",
    "Single '{' encountered",
    "expected '}' before end of string",
    "unmatched '{' in format spec",
];
/// What it says of them where they may be a field with a mistake in it as well.
const UNFIT: &[&str] = &[
    "Invalid format specifier",
    "Unknown format code",
    "expected ':' after conversion specifier",
    "Empty attribute in format string",
    "cannot switch from",
];
/// Letters of a template that are shown around what is wrong in it.
const SHOWN: usize = 20;

/// An exception of a template because of a letter that was meant as itself.
pub fn thrown(thrown: &Thrown<'_, '_>) -> Option<Finding> {
    braces(thrown).or_else(|| dollar(thrown))
}

fn braces(thrown: &Thrown<'_, '_>) -> Option<Finding> {
    let is_unreadable = thrown.is(&["ValueError"]) && UNREADABLE.iter().any(|it| thrown.says(it));
    let is_unfit = thrown.is(&["ValueError"]) && UNFIT.iter().any(|it| thrown.says(it));
    let is_missing =
        thrown.is(&["KeyError"]) || thrown.is(&["IndexError"]) && thrown.says("Replacement index");
    if !is_unreadable && !is_unfit && !is_missing {
        return None;
    }
    let tree = thrown.tree.as_ref()?;
    let exprs = thrown.exprs();
    let (node, template, given) = exprs.iter().find_map(|(node, expr)| {
        let (on, called, call) = method(expr)?;
        let given = match called {
            "format" => Given::of(call),
            "format_map" => Given::UNKNOWN,
            _ => return None,
        };
        Some((node, on, given))
    })?;
    let finding = |message: String| {
        thrown.finding_with(Mistake::BracesInTemplate, message, thrown.spot_of(node))
    };
    // The message is the repr of the key, which may hold quotes of its own.
    let said = thrown.raised.message.as_str();
    let inside = |mark: char| said.strip_prefix(mark)?.strip_suffix(mark);
    let key = inside('\'').or_else(|| inside('"')).unwrap_or(said);
    let is_no_name = !is_identifier(key) && !thrown.is(&["IndexError"]);
    let texts: Vec<&Expr> = literals(tree, template);
    if texts.is_empty() {
        // A template of a file. A key such as ' color' was never meant as one.
        let is_sure = is_unreadable || is_no_name && key.contains([' ', '\\', ';', '"']);
        let message = format!(
            "the template has literal braces, and str.format takes them for a field: {}",
            told(thrown.raised)
        );
        return is_sure.then(|| finding(message));
    }
    let read = texts
        .iter()
        .map(|&text| (text, Braces::read(tree.source.code(text), &given)));
    let mut with_own = read.filter(|(_, braces)| !braces.own.is_empty());
    let (text, braces) = with_own.next()?;
    if thrown.is(&["KeyError"]) && !is_no_name && !braces.names.iter().any(|it| it == key) {
        return None;
    }
    let start = text.range().start().to_usize();
    let own: Vec<usize> = braces.own.iter().map(|at| start + at).collect();
    let message = format!(
        "the template has a literal brace, in {}, and str.format takes it for a field: {}",
        excerpt(tree, *own.first()?)?,
        told(thrown.raised)
    );
    let is_formatted = |node: &Node<'_>| {
        let outer = tree.parent(node).and_then(Node::expr);
        matches!(outer, Some(Expr::Attribute(it)) if it.attr == *"format")
    };
    let is_certain = !braces.is_unclear && with_own.next().is_none();
    let edit = is_certain.then(|| doubled(thrown, template, text, &own, &is_formatted));
    Some(finding(message).with_edit(edit.flatten()))
}

/// The values that a template is given.
struct Given<'a> {
    /// Their names; nothing where they are not known.
    names: Option<Vec<&'a str>>,
    /// Whether there are any without a name.
    has_unnamed: bool,
}

impl<'a> Given<'a> {
    /// Those of a mapping.
    const UNKNOWN: Self = Self {
        names: None,
        has_unnamed: false,
    };

    fn of(call: &'a ExprCall) -> Self {
        let keywords = call.arguments.keywords.iter();
        let names = keywords.map(|it| it.arg.as_ref().map(Identifier::as_str));
        Self {
            names: names.collect(),
            has_unnamed: !call.arguments.args.is_empty(),
        }
    }
}

/// The braces of a literal that were meant as such, by their places in its code.
#[derive(Debug, Default, PartialEq, Eq)]
struct Braces {
    own: Vec<usize>,
    /// What Python takes for the names of fields behind them.
    names: Vec<String>,
    /// Whether there is a field that may be either.
    is_unclear: bool,
}

/// What a pair of braces with nothing like it inside is.
#[derive(PartialEq, Eq)]
enum Field {
    Meant,
    Own,
    Unclear,
}

impl Braces {
    fn read(code: &str, given: &Given<'_>) -> Self {
        let mut braces = Self::default();
        let mut depth = 0_usize;
        let mut at = 0;
        while let Some(found) = code.get(at..).and_then(|it| it.find(['{', '}'])) {
            at += found;
            let rest = &code[at..];
            let is_open = rest.starts_with('{');
            // Two braces that close two of its own are no doubled one.
            if rest.starts_with("{{") || rest.starts_with("}}") && depth < 2 {
                at += 2;
                continue;
            }
            if !is_open {
                braces.own.push(at);
                depth = depth.saturating_sub(1);
                at += 1;
                continue;
            }
            let inside = &rest[1..];
            let end = inside.find(['{', '}']);
            let content = &inside[..end.unwrap_or(inside.len())];
            let field = match end {
                Some(end) if inside[end..].starts_with('}') => field(content, given),
                // A field in the format of another one.
                Some(_) if content.ends_with([':', '.', '>', '<', '^']) => field(content, given),
                _ => Field::Own,
            };
            match field {
                Field::Own => {
                    let name = content.split([':', '!']).next().unwrap_or_default();
                    braces.own.push(at);
                    braces.names.push(name.to_owned());
                    depth += 1;
                    at += 1;
                }
                Field::Meant | Field::Unclear => {
                    braces.is_unclear |= field == Field::Unclear;
                    let inner = inside[content.len()..].starts_with('{');
                    let ends = if inner { "}}" } else { "}" };
                    let length = inside
                        .find(ends)
                        .map_or(content.len(), |it| it + ends.len());
                    at += 1 + length;
                }
            }
        }
        braces
    }
}

fn field(content: &str, given: &Given<'_>) -> Field {
    let (name, format) = match content.split_once(':') {
        Some((name, format)) => (name, format),
        None => (content, ""),
    };
    let name = name.split('!').next().unwrap_or_default();
    let base = name.split(['.', '[']).next().unwrap_or_default();
    let is_number = base.bytes().all(|it| it.is_ascii_digit());
    if is_number {
        return if given.has_unnamed {
            Field::Meant
        } else {
            Field::Own
        };
    }
    if !is_identifier(base) {
        // Words with a space between them may be the name of a value.
        let is_word = |it: &str| !it.is_empty() && it.chars().all(char::is_alphanumeric);
        return if content.split([' ', '-']).all(is_word) {
            Field::Unclear
        } else {
            Field::Own
        };
    }
    match &given.names {
        Some(names) if names.contains(&base) => Field::Meant,
        _ if !is_format(format) => Field::Own,
        Some(_) => Field::Unclear,
        None => Field::Meant,
    }
}

/// Whether what stands behind a colon may be the format of a number, a text or a date, and no
/// style.
fn is_format(format: &str) -> bool {
    let letters = format.chars().filter(|it| it.is_alphabetic()).count();
    format.contains('%') || letters <= 1 && !format.contains([';', '"', '\'', '(', '\\'])
}

fn is_identifier(text: &str) -> bool {
    let mut letters = text.chars();
    let first = letters.next();
    first.is_some_and(|it| it.is_alphabetic() || it == '_')
        && letters.all(|it| it.is_alphanumeric() || it == '_')
}

fn dollar(thrown: &Thrown<'_, '_>) -> Option<Finding> {
    if !thrown.is(&["ValueError"]) || !thrown.says("Invalid placeholder in string") {
        return None;
    }
    let tree = thrown.tree.as_ref()?;
    let exprs = thrown.exprs();
    let (node, on) = exprs.iter().find_map(|(node, expr)| {
        let (on, called, _) = method(expr)?;
        (called == "substitute").then_some((node, on))
    })?;
    let finding = |message: String| {
        thrown.finding_with(Mistake::DollarInTemplate, message, thrown.spot_of(node))
    };
    let made = tree.origins_of(on).into_iter();
    let templates = made.filter_map(|it| argument(call_of(it, "Template")?, 0));
    let mut found = templates.flat_map(|template| {
        let texts = literals(tree, template).into_iter();
        texts.filter_map(move |text| {
            let own = dollars(tree.source.code(text));
            (!own.is_empty()).then_some((template, text, own))
        })
    });
    let Some((template, text, own)) = found.next() else {
        let message = format!(
            "the template has a literal $, which starts a placeholder: {}",
            told(thrown.raised)
        );
        return Some(finding(message));
    };
    let start = text.range().start().to_usize();
    let own: Vec<usize> = own.iter().map(|at| start + at).collect();
    let message = format!(
        "the template has a literal $, in {}, which starts a placeholder: {}",
        excerpt(tree, *own.first()?)?,
        told(thrown.raised)
    );
    let is_handed = |node: &Node<'_>| {
        let outer = tree.parent(node).and_then(Node::expr);
        outer.is_some_and(|it| call_of(it, "Template").is_some())
    };
    let is_only = found.next().is_none();
    let edit = is_only.then(|| doubled(thrown, template, text, &own, &is_handed));
    Some(finding(message).with_edit(edit.flatten()))
}

/// The places of each `$` in a literal's code that begins no placeholder.
fn dollars(code: &str) -> Vec<usize> {
    let mut own = Vec::new();
    let mut at = 0;
    while let Some(found) = code.get(at..).and_then(|it| it.find('$')) {
        at += found;
        let after = &code[at + 1..];
        if after.starts_with('$') {
            at += 2;
            continue;
        }
        let is_named = after.starts_with(|it: char| it.is_ascii_alphabetic() || it == '_');
        let in_braces = after.strip_prefix('{').and_then(|it| it.split_once('}'));
        if !is_named && !in_braces.is_some_and(|(name, _)| is_identifier(name)) {
            own.push(at);
        }
        at += 1;
    }
    own
}

/// A letter of a template with what stands around it on its line.
fn excerpt<'t>(tree: &'t Tree<'_>, at: usize) -> Option<&'t str> {
    let text = tree.source.text();
    let is_end = |letter: char| matches!(letter, '\n' | '\r' | '\'' | '"' | '>');
    let before = text.get(..at)?.char_indices().rev();
    let before = before.take_while(|(_, it)| !is_end(*it)).take(SHOWN);
    let from = before.last().map_or(at, |(from, _)| from);
    let after = text.get(at + 1..)?.char_indices();
    let mut after = after.take_while(|(_, it)| !it.is_whitespace() && !is_end(*it) && *it != '<');
    let width = after
        .by_ref()
        .take(SHOWN / 2)
        .last()
        .map_or(0, |(at, it)| at + it.len_utf8());
    Some(text.get(from..at + 1 + width)?.trim())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{Braces, Given, dollars};

    #[rstest]
    #[case::style("body { color: red; } {name}", &[5, 19], false)]
    #[case::style_without_spaces("p{color:red}{name}", &[1, 11], false)]
    #[case::style_that_may_be_a_field("p{margin:0}{name}", &[], true)]
    #[case::two_closed_at_once("@media print{p{color:red}}{name}", &[12, 14, 24, 25], false)]
    #[case::script("function f() { if (a) { b(); } } {name}", &[13, 22, 29, 31], false)]
    #[case::empty_function("function f() {} {name}", &[13, 14], false)]
    #[case::json("{\"name\": \"{name}\"}", &[0, 17], false)]
    #[case::doubled("body {{ color: red; }} {name}", &[], false)]
    #[case::format_of_a_field("{name:>{width}} {name!r:^20}", &[], false)]
    #[case::part_of_a_field("{name.first} {name[0]}", &[], false)]
    #[case::value_of_two_words("{first name} {name}", &[], true)]
    #[case::forgotten_value("{name} {town}", &[], true)]
    fn a_brace_is_a_templates_own_where_it_holds_no_field(
        #[case] code: &str,
        #[case] own: &[usize],
        #[case] is_unclear: bool,
    ) {
        let given = Given {
            names: Some(vec!["name", "width"]),
            has_unnamed: false,
        };
        let braces = Braces::read(code, &given);
        assert_eq!((&braces.own[..], braces.is_unclear), (own, is_unclear));
    }

    #[rstest]
    #[case::price("$name: $5", &[7])]
    #[case::script("$('#a').html('${name}')", &[0])]
    #[case::expression("${user.name} $name", &[0])]
    #[case::end("US$", &[2])]
    #[case::doubled("$$5 $name", &[])]
    fn a_dollar_is_a_templates_own_where_no_name_follows(
        #[case] code: &str,
        #[case] own: &[usize],
    ) {
        assert_eq!(dollars(code), own);
    }
}

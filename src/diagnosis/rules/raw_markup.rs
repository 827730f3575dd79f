//! A visitor's markup in a page that a template engine made: as a part of the template itself, or
//! as a value that the code or the template says to be safe.

use std::rc::Rc;

use ruff_python_ast::{Expr, ExprCall, Stmt};
use ruff_text_size::{Ranged as _, TextRange, TextSize};

use super::Remedy;
use super::page::{is_sent, is_visitors, makes_harmless, parts_of};
use crate::diagnosis::Edit;
use crate::diagnosis::Spot;
use crate::diagnosis::case::Case;
use crate::diagnosis::source::{Node, Tree, argument, call, literal};

/// What renders the template that it is given as text.
const OF_TEXT: &[&str] = &["render_template_string", "from_string"];
/// What says of a text that it is markup already.
const SAYS_SAFE: &[&str] = &["Markup", "mark_safe"];
/// What fills a template in.
const RENDER: &[&str] = &[
    "render",
    "render_template",
    "render_template_string",
    "render_to_string",
    "jinja2_template",
    "mako_template",
    "template",
];
/// Parts of the names of what lets some markup through, on purpose.
const CLEANS: &[&str] = &["clean", "sanit", "bleach", "strip", "allow"];
/// A shorter value may be a part of the template.
const MIN_LENGTH: usize = 6;

/// Where a visitor's markup came from, why it is in the page as it came, and what is offered.
pub struct Raw {
    pub spot: Spot,
    pub why: String,
    pub remedy: Remedy,
    /// Whether the place is known that does not escape it.
    pub is_sure: bool,
}

/// A template that was made of what the visitor sent.
pub fn as_template(case: &Case<'_>, value: &str) -> Option<Raw> {
    calls(case, OF_TEXT).find_map(|(file, tree, node, outer)| {
        let makings = tree.all_makings_of(argument(outer, 0)?);
        let made = makings.into_iter().find(|it| {
            let mut parts = parts_of(it).into_iter();
            parts.any(|it| is_visitors(&tree, it, value))
        })?;
        Some(Raw {
            spot: Spot::of(file, tree.source.span(made.range())),
            why: "it became a part of the template, where {{ … }} runs as code".to_owned(),
            remedy: Remedy::Example(as_variable(node.called()?).to_owned()),
            is_sure: true,
        })
    })
}

/// The calls of these that ran, each with its file.
fn calls<'a>(
    case: &Case<'a>,
    names: &'static [&'static str],
) -> impl Iterator<Item = (&'a str, Rc<Tree<'a>>, Node<'a>, &'a ExprCall)> {
    case.trees().flat_map(move |(file, tree)| {
        let called = names.iter().flat_map(|it| tree.calls(it));
        let ran = called.filter(|it| case.ran(file, &tree, it));
        let found = ran.filter_map(|node| {
            let (outer, _) = call(node.expr()?)?;
            Some((file, Rc::clone(&tree), *node, outer))
        });
        found.collect::<Vec<_>>()
    })
}

/// Whether a call fills in a template of an engine that is not the project's own.
pub fn fills_in(case: &Case<'_>, expr: &Expr) -> bool {
    call(expr).is_some_and(|(_, called)| {
        let mut trees = case.trees();
        RENDER.contains(&called) && !trees.any(|(_, tree)| tree.functions(called).next().is_some())
    })
}

fn as_variable(called: &str) -> &'static str {
    match called {
        "from_string" => "page = env.from_string('<p>Hello, {{ name|e }}</p>').render(name=name)",
        _ => "return render_template_string('<p>Hello, {{ name }}</p>', name=name)",
    }
}

/// What let a visitor's markup through that went into a template as a value.
pub fn as_value(case: &Case<'_>, value: &str) -> Option<Raw> {
    if value.len() < MIN_LENGTH || !value.contains('<') || is_in_source(case, value) {
        return None;
    }
    let fields = case.run.fields().iter();
    let fields = fields.filter(|(_, it)| it == value);
    let raw = Values {
        case,
        fields: fields.map(|(name, _)| name.as_str()).collect(),
        value,
    };
    raw.said_safe()
        .or_else(|| raw.marked())
        .or_else(|| raw.filled_in())
}

/// Whether the project has this text itself.
fn is_in_source(case: &Case<'_>, value: &str) -> bool {
    case.trees().any(|(_, tree)| {
        case.budget().take(tree.index.texts().len());
        let mut texts = tree.at_all(tree.index.texts());
        texts.any(|it| tree.source.code(&it.range()).contains(value))
    })
}

struct Values<'a, 'c> {
    case: &'c Case<'a>,
    /// The fields in which it was sent.
    fields: Vec<&'c str>,
    value: &'c str,
}

impl<'a> Values<'a, '_> {
    fn is_raw(&self, tree: &Tree<'a>, expr: &Expr) -> bool {
        let cleans = |it: &Expr| {
            let called = call(it).map(|(_, called)| called.to_ascii_lowercase());
            called.is_some_and(|called| CLEANS.iter().any(|it| called.contains(it)))
        };
        let stop = |it: &Expr| makes_harmless(it, self.value) || cleans(it);
        let is_field = |it: &Expr| match it {
            Expr::Attribute(it) => self.fields.contains(&it.attr.as_str()),
            it => literal(it).is_some_and(|it| self.fields.contains(&it)),
        };
        let makings = tree.node_of(expr).map(|node| tree.makings(node, &stop));
        makings.is_some_and(|it| {
            it.iter().any(|it| is_field(it)) && it.iter().any(|it| is_sent(tree, it))
        })
    }

    /// `Markup(name)`.
    fn said_safe(&self) -> Option<Raw> {
        let mut calls = calls(self.case, SAYS_SAFE);
        let is_it = |tree: &Tree<'a>, outer: &ExprCall| {
            argument(outer, 0).is_some_and(|it| self.is_raw(tree, it))
        };
        let (file, tree, node, _) = calls.find(|(_, tree, _, outer)| is_it(tree, outer))?;
        let called = node.called().unwrap_or_default();
        let example = match called {
            "mark_safe" => "format_html('<b>{}</b>', name)  # escapes what is put in",
            _ => "Markup('<b>%s</b>') % name  # escapes what is put in",
        };
        Some(Raw {
            spot: Spot::of(file, tree.span(&node)),
            why: format!("{called}() says that it is markup already"),
            remedy: Remedy::Example(example.to_owned()),
            is_sure: true,
        })
    }

    /// `{{!name}}` or `{{ name|safe }}` in a template of the project's source, where the name
    /// stands for what the visitor sent.
    fn marked(&self) -> Option<Raw> {
        let calls: Vec<_> = calls(self.case, RENDER).collect();
        let is_raw = |name: &str| {
            calls.iter().any(|(_, tree, _, outer)| {
                let given = outer.arguments.find_keyword(name);
                given.is_some_and(|it| self.is_raw(tree, &it.value))
            })
        };
        self.case.trees().find_map(|(file, tree)| {
            let texts = tree.at_all(tree.index.texts());
            // What stands alone, such as a docstring, is no template.
            let is_alone = |it: &Node<'_>| {
                let outer = tree.parent(it).and_then(Node::stmt);
                matches!(outer, Some(Stmt::Expr(_)))
            };
            let mut texts = texts.filter(|it| self.case.budget().take(1) && !is_alone(it));
            texts.find_map(|text| {
                let code = tree.source.code(&text.range());
                let mark = marks(code).into_iter().find(|it| is_raw(it.name))?;
                let place = |at: usize| {
                    let at = text.range().start().to_usize() + at;
                    TextSize::try_from(at).ok()
                };
                let piece = TextRange::new(place(mark.from)?, place(mark.to)?);
                let edit = Edit::replacing(tree.source, file, piece, &mark.escaped);
                Some(Raw {
                    spot: Spot::of(file, tree.source.span(piece)),
                    why: format!("{} puts it in as it is", &code[mark.from..mark.to]),
                    remedy: edit.map_or(Remedy::Nothing, Remedy::Edit),
                    is_sure: true,
                })
            })
        })
    }

    /// A call that fills a template in, of which only the values are known.
    fn filled_in(&self) -> Option<Raw> {
        let mut calls = calls(self.case, RENDER);
        let (file, tree, node, _) = calls.find(|(_, tree, _, outer)| {
            let keywords = outer.arguments.keywords.iter().map(|it| &it.value);
            let dicts = outer.arguments.args.iter().filter(|it| it.is_dict_expr());
            keywords.chain(dicts).any(|it| self.is_raw(tree, it))
        })?;
        let example = if self.leaves_escaping_off() {
            "Environment(autoescape=True)  # escapes what is put in"
        } else {
            "{{ name }}  # in the template: without |safe, and without ! in front"
        };
        Some(Raw {
            spot: Spot::of(file, tree.span(&node)),
            why: "the template does not escape it".to_owned(),
            remedy: Remedy::Example(example.to_owned()),
            // It may let some markup through on purpose.
            is_sure: false,
        })
    }

    /// Whether the project makes a Jinja environment that escapes nothing, as is its default.
    fn leaves_escaping_off(&self) -> bool {
        self.case.trees().any(|(_, tree)| {
            let mut made = tree.calls("Environment");
            made.any(|node| {
                let outer = node.expr().and_then(call).map(|(outer, _)| outer);
                outer.is_some_and(|it| {
                    let mut keywords = it.arguments.keywords.iter();
                    // `**options` may hold it.
                    keywords.all(|it| it.arg.as_ref().is_some_and(|it| it != "autoescape"))
                })
            })
        })
    }
}

/// A place in a template at which a value is not escaped.
struct Mark<'t> {
    name: &'t str,
    from: usize,
    to: usize,
    /// The same, escaped.
    escaped: String,
}

fn marks(code: &str) -> Vec<Mark<'_>> {
    let mut found = Vec::new();
    for (from, _) in code.match_indices("{{") {
        let Some(length) = code[from..].find("}}") else {
            break;
        };
        let inside = &code[from + 2..from + length];
        let (name, escaped) = if let Some(name) = inside.strip_prefix('!') {
            (name.trim(), format!("{{{{{name}}}}}"))
        } else if let Some((name, filter)) = inside.split_once('|')
            && filter.trim() == "safe"
        {
            let space = if inside.starts_with(' ') { " " } else { "" };
            let name = name.trim();
            (name, format!("{{{{{space}{name}{space}}}}}"))
        } else {
            continue;
        };
        found.push(Mark {
            name,
            from,
            to: from + length + 2,
            escaped,
        });
    }
    found
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::marks;

    #[rstest]
    #[case("<p>{{!name}}</p>", &[("name", "{{name}}")])]
    #[case("{{ town }} {{ name|safe }}", &[("name", "{{ name }}")])]
    #[case("{{name | safe}}", &[("name", "{{name}}")])]
    #[case("{{ name|upper }} {{name}} {{", &[])]
    fn a_mark_says_that_a_value_is_not_escaped(
        #[case] code: &str,
        #[case] expected: &[(&str, &str)],
    ) {
        let found = marks(code);
        let found: Vec<_> = found.iter().map(|it| (it.name, &*it.escaped)).collect();
        assert_eq!(found, expected);
    }
}

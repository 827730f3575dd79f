//! Middleware that puts another request body into environ, with the length of the old one or with
//! none.

use ruff_python_ast::{Expr, Stmt};
use ruff_text_size::Ranged as _;

use super::Finding;
use super::look::{Look, at_each_file};
use crate::diagnosis::case::Case;
use crate::diagnosis::source::{Node, argument, call, call_of, is_environ, literal, method, name};
use crate::diagnosis::{Edit, Mistake};
use crate::exchange::EventKind;

const INPUT: &str = "wsgi.input";
const LENGTH: &str = "CONTENT_LENGTH";

pub fn find(case: &Case<'_>) -> Vec<Finding> {
    let length = case.environ(LENGTH).and_then(|it| it.parse().ok());
    let Some(length) = length.filter(|it| *it > 0) else {
        return Vec::new();
    };
    at_each_file(case, |look| {
        let nodes = look.tree.at_all(look.tree.index.literals(INPUT));
        let replaced = nodes.filter_map(|node| look.replaced(node));
        replaced
            .filter_map(|replaced| look.with_another_length(&replaced, length))
            .take(1)
            .collect()
    })
}

/// `environ['wsgi.input'] = io.BytesIO(body)`: the statement, environ, and the body.
struct Replaced<'a> {
    statement: Node<'a>,
    environ: &'a Expr,
    body: &'a Expr,
}

impl<'a> Look<'a, '_> {
    /// The assignment a key stands in, if it ran.
    fn replaced(&self, key: &Node<'a>) -> Option<Replaced<'a>> {
        let tree = self.tree;
        let statement = *tree.statement_of(key)?;
        let Some(Stmt::Assign(assign)) = statement.stmt() else {
            return None;
        };
        let environ = assign.targets.iter().find_map(|it| match it {
            Expr::Subscript(it) if literal(&it.slice) == Some(INPUT) => Some(&*it.value),
            _ => None,
        })?;
        let file = tree.origins_of(&assign.value);
        let file = file.into_iter().find_map(|it| call_of(it, "BytesIO"))?;
        let ran = self.case.ran(self.file, tree, &statement);
        let body = argument(file, 0).filter(|_| ran)?;
        Some(Replaced {
            statement,
            environ,
            body,
        })
    }

    fn with_another_length(&self, replaced: &Replaced<'a>, length: usize) -> Option<Finding> {
        let tree = self.tree;
        let function = tree.function_around(&replaced.statement)?;
        let new = self.length_of(replaced.body, function);
        let mut removed = None;
        for &place in tree.index.literals(LENGTH) {
            let node = tree.at(place as usize)?;
            if !function.range().contains_range(node.range()) {
                continue;
            }
            let statement = tree.statement_of(node)?;
            if removes(tree.around(node).find_map(Node::expr), statement) {
                removed =
                    removed.or(Some(statement).filter(|it| self.case.ran(self.file, tree, it)));
            } else if !reads(tree.around(node).find_map(Node::expr)) {
                return None;
            }
        }
        // dict(environ, CONTENT_LENGTH='3')
        let mut keywords = tree
            .inside(function)
            .filter_map(|it| call(it.expr()?))
            .flat_map(|(call, _)| &call.arguments.keywords);
        if keywords.any(|it| it.arg.as_ref().is_some_and(|it| *it == *LENGTH))
            || tree.mentions("wsgi.input_terminated")
            || self.set_elsewhere(function)
        {
            return None;
        }
        let Some(new) = new else {
            return self
                .unreadable(replaced, length)
                .filter(|_| removed.is_none());
        };
        if let Some(removed) = removed {
            let message = format!(
                "wsgi.input holds {new} bytes, but without CONTENT_LENGTH an application reads none"
            );
            let found = self.finding(Mistake::MiddlewareRequestLength, message, removed);
            return (new > 0).then(|| found.with_edit(self.set_instead(replaced, removed)));
        }
        if new == length {
            return None;
        }
        let message = format!(
            "the new body in wsgi.input has {new} bytes, but CONTENT_LENGTH still says {length}"
        );
        let found = self.finding(
            Mistake::MiddlewareRequestLength,
            message,
            &replaced.statement,
        );
        Some(found.with_edit(self.set_after(replaced)))
    }

    /// JSON that was written by the middleware, and could not be read as such: its end is missing.
    fn unreadable(&self, replaced: &Replaced<'a>, length: usize) -> Option<Finding> {
        let raised = |(_, kind): (usize, &EventKind)| match kind {
            EventKind::Raised(raised) => raised.r#type == "JSONDecodeError",
            _ => false,
        };
        let mut made = self.tree.all_makings_of(replaced.body).into_iter();
        let written = made.any(|it| call_of(it, "dumps").is_some());
        if !written || !self.case.run.kinds().any(raised) {
            return None;
        }
        let message = format!(
            "the JSON in wsgi.input is new, but CONTENT_LENGTH still says {length}: it was cut off"
        );
        Some(self.finding(
            Mistake::MiddlewareRequestLength,
            message,
            &replaced.statement,
        ))
    }

    /// Whether a function of the project's other than this one puts in another length.
    fn set_elsewhere(&self, function: &Node<'a>) -> bool {
        let mut set = self.tree.index.keys(LENGTH).iter();
        let outside = |it: &Expr| !function.range().contains_range(it.range());
        set.any(|(value, _)| outside(value))
            || (self.case.trees())
                .any(|(file, tree)| file != self.file && tree.index.sets_key(LENGTH))
    }

    /// How many bytes a body had when it was put in, as far as a variable tells.
    fn length_of(&self, body: &Expr, function: &Node<'a>) -> Option<usize> {
        let value = |variable: &str| {
            let called = function.function()?.name.as_str();
            let steps = self.case.run.steps().iter().rev();
            let steps = steps.filter(|(_, it)| it.function == called && it.place.file == self.file);
            let mut locals = steps.flat_map(|(_, step)| step.locals.iter().rev());
            let (_, value) = locals.find(|(known, _)| known == variable)?;
            value.as_deref()
        };
        if let Some(variable) = name(body) {
            return bytes_in(value(variable)?);
        }
        let (on, _, encode) = method(body).filter(|(_, called, _)| *called == "encode")?;
        let utf8 = argument(encode, 0).is_none_or(|it| {
            literal(it).is_some_and(|it| it.eq_ignore_ascii_case("utf-8") || it == "utf8")
        });
        str_in(value(name(on)?)?).filter(|_| utf8)
    }

    /// The assignment, with one of the length after it.
    fn set_after(&self, replaced: &Replaced<'a>) -> Option<Edit> {
        let line = replaced.statement.line;
        if line != replaced.statement.last_line {
            return None;
        }
        let text = self.tree.source.line(line);
        let text = text.split("  # ").next()?.trim_end();
        Some(Edit {
            file: self.file.to_owned(),
            line,
            end_line: line,
            text: format!("{text}\n{}", self.setting(replaced, line)?),
        })
    }

    /// An assignment of the length in the place of its removal.
    fn set_instead(&self, replaced: &Replaced<'a>, removed: &Node<'a>) -> Option<Edit> {
        if removed.line != removed.last_line {
            return None;
        }
        Some(Edit {
            file: self.file.to_owned(),
            line: removed.line,
            end_line: removed.line,
            text: self.setting(replaced, removed.line)?,
        })
    }

    /// `environ['CONTENT_LENGTH'] = str(len(body))`, indented as a line is.
    fn setting(&self, replaced: &Replaced<'a>, line: u32) -> Option<String> {
        let source = self.tree.source;
        let indent = source.indent_of(line);
        let environ = source.code(replaced.environ);
        let body = source.code(replaced.body);
        name(replaced.environ)?;
        Some(format!(
            "{indent}{environ}['CONTENT_LENGTH'] = str(len({body}))"
        ))
    }
}

/// Whether a key is removed: by `del`, or by `pop()`.
fn removes(around: Option<&Expr>, statement: &Node<'_>) -> bool {
    match around {
        Some(Expr::Subscript(it)) => it.ctx.is_del(),
        Some(expr @ Expr::Call(_)) => {
            let popped =
                method(expr).is_some_and(|(on, called, _)| called == "pop" && is_environ(on));
            popped && matches!(statement.stmt(), Some(Stmt::Expr(_)))
        }
        _ => false,
    }
}

/// Whether a key is only looked up.
fn reads(around: Option<&Expr>) -> bool {
    match around {
        Some(Expr::Subscript(it)) => it.ctx.is_load(),
        Some(expr @ Expr::Call(_)) => matches!(method(expr), Some((_, "get", _))),
        Some(Expr::Compare(_)) => true,
        _ => false,
    }
}

/// How many bytes a short form of bytes stands for.
fn bytes_in(repr: &str) -> Option<usize> {
    repr.strip_prefix('b')?;
    if let Some(length) = cut_off(repr) {
        return Some(length);
    }
    let inside = repr.get(2..repr.len().checked_sub(1)?)?;
    Some(unescaped(inside).count())
}

/// How many bytes a short form of a str stands for in UTF-8.
fn str_in(repr: &str) -> Option<usize> {
    let quoted = repr.starts_with('\'') || repr.starts_with('"');
    if !quoted || cut_off(repr).is_some() {
        return None;
    }
    let inside = repr.get(1..repr.len().checked_sub(1)?)?;
    Some(unescaped(inside).map(char::len_utf8).sum())
}

/// The length that stands behind a value too long to be shown: `b'abc'… (1000)`.
fn cut_off(repr: &str) -> Option<usize> {
    let (_, length) = repr.rsplit_once("… (")?;
    length.strip_suffix(')')?.parse().ok()
}

/// The characters of what Python's `repr` shows.
fn unescaped(inside: &str) -> impl Iterator<Item = char> {
    let mut rest = inside.chars();
    std::iter::from_fn(move || {
        let first = rest.next()?;
        if first != '\\' {
            return Some(first);
        }
        let digits = match rest.next()? {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            other => return Some(other),
        };
        let code: String = rest.by_ref().take(digits).collect();
        u32::from_str_radix(&code, 16).ok().and_then(char::from_u32)
    })
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{bytes_in, str_in};

    #[rstest]
    #[case("b'abc'", Some(3))]
    #[case(r"b'\x00\n\\'", Some(3))]
    #[case("b'abc'… (1000)", Some(1000))]
    #[case("'abc'", None)]
    fn bytes_are_counted_in_what_is_shown_of_them(
        #[case] repr: &str,
        #[case] bytes: Option<usize>,
    ) {
        assert_eq!(bytes_in(repr), bytes);
    }

    #[rstest]
    #[case("'für'", Some(4))]
    #[case(r"'\u2615\n'", Some(4))]
    #[case("'abc'… (1000)", None)]
    #[case("b'abc'", None)]
    fn letters_are_counted_as_utf_8(#[case] repr: &str, #[case] bytes: Option<usize>) {
        assert_eq!(str_in(repr), bytes);
    }
}

//! `SCRIPT_NAME` and `PATH_INFO` as middleware hands them on (PEP 3333, environ Variables and
//! Unicode Issues).

use std::cell::Cell;

use ruff_python_ast::{Expr, Stmt};
use ruff_text_size::{Ranged as _, TextRange};

use super::Finding;
use super::thrown::{Thrown, told};
use crate::diagnosis::Mistake;
use crate::diagnosis::Spot;
use crate::diagnosis::case::Case;
use crate::diagnosis::fix::rewritten;
use crate::diagnosis::source::{
    Node, Source, What, argument, binds_tightly, call, literal, look_up, method,
};
use crate::exchange::{EnvironChange, EventKind, Raised};

const KEYS: [&str; 2] = ["SCRIPT_NAME", "PATH_INFO"];

pub fn find(case: &Case<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (at, kind) in case.run.kinds() {
        match kind {
            EventKind::StartResponse(started) => {
                if let Some(name) = &started.mounted {
                    found.extend(script_name(case, name, at));
                    found.extend(not_latin1(case, "SCRIPT_NAME", name, at));
                }
            }
            EventKind::EnvironChanged { changes } => {
                found.extend(no_longer_the_path(case, changes, at));
                let texts = changes.iter().filter_map(|change| {
                    let key = *KEYS.iter().find(|key| **key == change.key)?;
                    Some((key, unquoted(change.repr.as_deref()?)?))
                });
                let mounts = changes.iter().any(|it| it.key == "SCRIPT_NAME");
                for (key, text) in texts {
                    found.extend(not_latin1(case, key, &text, at));
                    found.extend(match key {
                        "SCRIPT_NAME" => script_name(case, &text, at),
                        _ if mounts => path_info(case, &text, at),
                        _ => None,
                    });
                }
            }
            EventKind::Raised(raised) => found.extend(not_encoded(case, raised, at)),
            _ => {}
        }
    }
    found
}

fn script_name(case: &Case<'_>, name: &str, at: usize) -> Option<Finding> {
    let ends = name.ends_with('/');
    if name.is_empty() || name.starts_with('/') && !ends {
        return None;
    }
    let fault = if ends {
        "ends in a slash"
    } else {
        "does not begin with a slash"
    };
    let message = format!("SCRIPT_NAME became '{name}', which {fault}");
    // Whoever does not set the key has it from somewhere else.
    let setter = setter(case, "SCRIPT_NAME")?;
    Some(
        setter.finding(Mistake::ScriptNameSlash, message, at, |value, code| {
            if let Some(text) = literal(value) {
                let without = text.trim_end_matches('/');
                return (ends && code.len() == text.len() + 2).then(|| code.replace(text, without));
            }
            (ends && binds_tightly(value)).then(|| format!("{code}.rstrip('/')"))
        }),
    )
}

fn path_info(case: &Case<'_>, path: &str, at: usize) -> Option<Finding> {
    if path.is_empty() || path.starts_with('/') || path == "*" {
        return None;
    }
    let message = format!("PATH_INFO became '{path}', which does not begin with a slash");
    let setter = setter(case, "PATH_INFO")?;
    Some(
        setter.finding(Mistake::ScriptNameSlash, message, at, |value, code| {
            binds_tightly(value).then(|| format!("'/' + {code}"))
        }),
    )
}

/// What was taken off the one and not put to the other, or put there and not taken off:
/// `SCRIPT_NAME` and `PATH_INFO` together are the path that was asked for.
fn no_longer_the_path(case: &Case<'_>, changes: &[EnvironChange], at: usize) -> Option<Finding> {
    let value_of = |key: &str| {
        let change = changes.iter().find(|it| it.key == key)?;
        unquoted(change.repr.as_deref()?)
    };
    let path = came(case, "PATH_INFO")?;
    let (key, message) = match (value_of("SCRIPT_NAME"), value_of("PATH_INFO")) {
        (None, Some(rest)) => {
            let taken = path.strip_suffix(&rest).filter(|it| it.len() > 1)?;
            // Whoever keeps it in a key of its own, as a language, knows what was taken.
            let word = taken.trim_matches('/');
            let keeps = |it: &EnvironChange| {
                let value = it.repr.as_deref().unwrap_or_default();
                it.key != "PATH_INFO" && value.contains(word)
            };
            if !taken.starts_with('/') || !rest.starts_with('/') || changes.iter().any(keeps) {
                return None;
            }
            let message = format!(
                "PATH_INFO lost '{taken}', and SCRIPT_NAME did not get it: together they are no longer the path"
            );
            ("PATH_INFO", message)
        }
        (Some(name), None) => {
            let before = came(case, "SCRIPT_NAME").unwrap_or_default();
            let added = name.strip_prefix(&before).filter(|it| it.len() > 1)?;
            let rest = path.strip_prefix(added)?;
            if !rest.is_empty() && !rest.starts_with('/') {
                return None;
            }
            let message = format!(
                "SCRIPT_NAME got '{added}', and PATH_INFO kept it: together they are '{name}{path}'"
            );
            ("SCRIPT_NAME", message)
        }
        _ => return None,
    };
    let spot = setter(case, key)?.spot;
    Some(Finding::new(
        Mistake::ScriptNamePathInfo,
        message,
        Some(spot),
        at,
    ))
}

/// A value with characters that stand for no byte, or the decoded text of the one that came.
fn not_latin1(case: &Case<'_>, key: &str, text: &str, at: usize) -> Option<Finding> {
    let message = if let Some(wide) = text.chars().find(|&it| it > '\u{ff}') {
        format!("{key} became '{text}', where each character stands for a byte; {wide} does not")
    } else {
        let received = came(case, key)?;
        let bytes = received.chars().map(|it| u8::try_from(it).ok());
        let bytes: Vec<u8> = bytes.collect::<Option<_>>()?;
        let decoded = String::from_utf8(bytes).ok()?;
        if decoded != text || decoded == received {
            return None;
        }
        format!("{key} became '{text}', which is decoded; it must have a character for each byte")
    };
    let setter = setter(case, key)?;
    Some(setter.finding(Mistake::PathInfoNotLatin1, message, at, encoded))
}

/// An application that turns its path into bytes again, and got one that was never made of bytes.
fn not_encoded<'a>(case: &Case<'a>, raised: &'a Raised, at: usize) -> Option<Finding> {
    let fails = raised.r#type == "UnicodeEncodeError"
        && raised.message.contains("latin-1")
        && raised.message.contains("256");
    if !fails {
        return None;
    }
    let thrown = Thrown::new(case, raised, at);
    let tree = thrown.tree.as_ref()?;
    let key = thrown.exprs().into_iter().find_map(|(_, expr)| {
        let (on, _, _) = method(expr).filter(|(_, name, _)| *name == "encode")?;
        let read = Cell::new(None);
        let is_read = |expr: &Expr| {
            let found = look_up(expr).and_then(|it| KEYS.iter().find(|key| **key == it.key));
            // A path without a line that sets it is as it came.
            let set = found.filter(|key| setter(case, key).is_some());
            read.set(set.copied().or(read.get()));
            found.is_some()
        };
        let makings = tree.makings(tree.node_of(on)?, &is_read);
        let decodes = |expr: &Expr| {
            call(expr).is_some_and(|(_, name)| name == "decode" || name.starts_with("unquote"))
        };
        read.get().filter(|_| !makings.into_iter().any(decodes))
    })?;
    let message = format!(
        "{key} holds text that does not stand for bytes: {}",
        told(raised)
    );
    Some(setter(case, key)?.finding(Mistake::PathInfoNotLatin1, message, at, encoded))
}

/// Text in the form that environ wants.
fn encoded(value: &Expr, code: &str) -> Option<String> {
    binds_tightly(value).then(|| format!("{code}.encode('utf-8').decode('latin-1')"))
}

/// What sets a key.
struct Setter<'a> {
    spot: Spot,
    source: &'a Source,
    /// The value of an assignment, or of an item or a keyword.
    value: Option<&'a Expr>,
}

impl Setter<'_> {
    /// A mistake here, with another value where that is known.
    fn finding(
        self,
        mistake: Mistake,
        message: String,
        at: usize,
        change: impl FnOnce(&Expr, &str) -> Option<String>,
    ) -> Finding {
        let edit = self.value.and_then(|value| {
            let spot = Spot::of(&self.spot.file, self.source.span(value.range()));
            let code = self.source.code(value);
            rewritten(self.source, &spot, |line| {
                // What goes on in the next line is not the whole value.
                (line == code).then(|| change(value, code)).flatten()
            })
        });
        let finding = Finding::new(mistake, message, Some(self.spot), at);
        finding.with_edit(edit)
    }
}

/// The last line that ran and sets a key.
fn setter<'a>(case: &Case<'a>, key: &str) -> Option<Setter<'a>> {
    case.trees().find_map(|(file, tree)| {
        let ran = case.ran_nodes(file, &tree);
        let (range, value) = ran.iter().rev().find_map(|node| sets(node, key))?;
        Some(Setter {
            spot: Spot::of(file, tree.source.span(range)),
            source: tree.source,
            value,
        })
    })
}

/// What of a node sets a key, and to which value.
fn sets<'a>(node: &Node<'a>, key: &str) -> Option<(TextRange, Option<&'a Expr>)> {
    let is_it = |target: &Expr| match target {
        Expr::Subscript(it) => literal(&it.slice) == Some(key),
        _ => false,
    };
    match node.what {
        What::Stmt(Stmt::Assign(assign)) => {
            let value = match &assign.targets[..] {
                [target] if is_it(target) => Some(&*assign.value),
                _ => None,
            };
            let mut targets = assign.targets.iter();
            let sets = targets.any(|target| match target {
                Expr::Tuple(several) => several.elts.iter().any(is_it),
                one => is_it(one),
            });
            sets.then(|| (assign.range(), value))
        }
        What::Stmt(Stmt::AugAssign(assign)) => {
            is_it(&assign.target).then(|| (assign.range(), None))
        }
        What::Expr(Expr::Dict(dict)) => {
            let mut items = dict.items.iter();
            let item = items.find(|it| it.key.as_ref().and_then(literal) == Some(key))?;
            Some((item.value.range(), Some(&item.value)))
        }
        What::Expr(expr) => {
            let (call, called) = call(expr)?;
            if matches!(called, "setdefault" | "__setitem__") {
                let named = argument(call, 0).and_then(literal) == Some(key);
                return named.then(|| (call.range(), None));
            }
            let mut keywords = call.arguments.keywords.iter();
            let keyword = keywords.find(|it| it.arg.as_ref().is_some_and(|it| it == key))?;
            Some((keyword.range(), Some(&keyword.value)))
        }
        _ => None,
    }
}

/// The text of a key as the server gave it.
fn came(case: &Case<'_>, key: &str) -> Option<String> {
    unquoted(&case.entry(key)?.repr)
}

/// The text that Python shows as this, as far as it has no other escapes than those of bytes.
fn unquoted(repr: &str) -> Option<String> {
    let quote = repr.chars().next().filter(|it| matches!(it, '\'' | '"'))?;
    let inner = repr.strip_prefix(quote)?.strip_suffix(quote)?;
    let mut parts = inner.split("\\x");
    let mut text = parts.next()?.to_owned();
    for part in parts {
        let code = u8::from_str_radix(part.get(..2)?, 16).ok()?;
        text.push(char::from(code));
        text.push_str(part.get(2..)?);
    }
    (!text.contains('\\')).then_some(text)
}

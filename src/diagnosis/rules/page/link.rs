//! A link of a page that leads out of the place where the application is mounted.

use ruff_python_ast::Expr;
use ruff_text_size::Ranged as _;

use super::Look;
use crate::diagnosis::case::Case;
use crate::diagnosis::finding::Finding;
use crate::diagnosis::rules::middleware::is_application_call;
use crate::diagnosis::source::Node;
use crate::diagnosis::{Mistake, Spot};
use crate::exchange::{EventKind, header};

impl Look<'_, '_> {
    /// A link that leaves the place where the application is mounted.
    pub fn unmounted_link(&self) -> Option<Finding> {
        let prefix = mounted(self.case)?;
        let moment = self.case.exchange().now();
        let location = header(&moment.sent.as_ref()?.1, "location");
        let in_page = [
            "href=\"",
            "action=\"",
            "src=\"",
            "href='",
            "action='",
            "src='",
        ];
        let in_page = in_page.iter().flat_map(|mark| {
            self.body.match_indices(mark).filter_map(|(at, mark)| {
                let rest = &self.body[at + mark.len()..];
                rest.split(['"', '\'']).next()
            })
        });
        let quoted = as_sent(&prefix);
        let leaves = |link: &&str| {
            let stays = link.starts_with(prefix.as_str()) || link.starts_with(&quoted);
            link.starts_with('/') && !link.starts_with("//") && !stays
        };
        let link = in_page.chain(location).find(leaves)?;
        if self.is_own_router() || self.is_of_others(link) {
            return None;
        }
        let in_header = location == Some(link);
        let message = format!(
            "the application is mounted at {prefix}, and a link leads to {link} without it"
        );
        let spot = self.case.trees().find_map(|(file, tree)| {
            self.case.budget().take(tree.index.texts().len());
            let literals = tree.at_all(tree.index.texts());
            let literals = literals.filter_map(|node| Some((node, node.expr()?)));
            let literals: Vec<(&Node<'_>, &Expr)> = literals.collect();
            let with = |sought: &str, in_pair: bool| {
                literals.iter().find_map(|(node, expr)| {
                    let pair = tree
                        .around(node)
                        .next()
                        .is_some_and(|it| matches!(it.expr(), Some(Expr::Tuple(_))));
                    let place = tree.source.code(*expr).find(sought)?;
                    if pair != in_pair {
                        return None;
                    }
                    let start = expr.range().start().to_usize() + place;
                    let number = tree.source.line_of(u32::try_from(start).ok()?.into());
                    let from = start - tree.source.start_of(number);
                    let span = tree.source.span_of_bytes(number, from, from + sought.len());
                    Some(Spot::of(file, span))
                })
            };
            let quoted = ["\"", "'"].map(|mark| format!("={mark}{link}{mark}"));
            let begun = ["=\"/", "='/"];
            with(link, in_header)
                .filter(|_| in_header)
                .or_else(|| quoted.iter().find_map(|it| with(it, false)))
                .or_else(|| begun.iter().find_map(|it| with(it, false)))
                .or_else(|| with(link, in_header))
        });
        Some(self.finding(Mistake::ScriptNameIgnored, message, spot))
    }

    /// Whether the application took the prefix from the path itself, to find its way: it knows
    /// where it is.
    fn is_own_router(&self) -> bool {
        let ways = self.case.ways_of_returned();
        let Some(maker) = ways.last() else {
            return false;
        };
        // Another application made it.
        let is_handed_on = maker.expr.is_some_and(is_application_call);
        let Some(function) = maker.tree.function_at(maker.line).filter(|_| !is_handed_on) else {
            return false;
        };
        let around = maker.tree.class_around(function).unwrap_or(function);
        let mut inside = maker.tree.inside(around);
        inside.any(|node| node.called() == Some("shift_path_info"))
    }

    /// Whether a link leads to a page that others than the mounted application answer: its home, or
    /// a path that a function asks for that had no part in the body.
    fn is_of_others(&self, link: &str) -> bool {
        if link == "/" {
            return true;
        }
        let ways = self.case.ways_of_returned();
        self.case.trees().any(|(file, tree)| {
            let mut texts = tree.at_all(tree.index.literals(link));
            texts.any(|node| {
                let compared = tree
                    .around(node)
                    .take(2)
                    .any(|it| matches!(it.expr(), Some(Expr::Compare(_) | Expr::Dict(_))));
                let inner = ways.last().filter(|made| made.file == file);
                let inner = inner.and_then(|made| tree.index.function_at(made.line));
                compared && node.function != inner
            })
        })
    }
}

/// Where a middleware mounted the application.
fn mounted(case: &Case<'_>) -> Option<String> {
    let mut prefix = None;
    for (_, kind) in case.run.kinds() {
        match kind {
            EventKind::StartResponse(started) if started.mounted.is_some() => {
                prefix.clone_from(&started.mounted);
            }
            EventKind::EnvironChanged { changes } if prefix.is_none() => {
                let change = changes.iter().find(|it| it.key == "SCRIPT_NAME");
                let value = change.and_then(|it| it.repr.as_deref());
                let value = value.map(|it| it.trim_matches(['\'', '"']).to_owned());
                prefix = value.filter(|it| !it.is_empty());
            }
            _ => {}
        }
    }
    prefix
}

/// A path of environ's as it stands in an address: its bytes, those of latin-1 letters, with
/// percent signs.
fn as_sent(path: &str) -> String {
    let bytes = path.chars().map(|it| u8::try_from(it).unwrap_or(b'?'));
    let bytes: Vec<u8> = bytes.collect();
    percent_encoding::percent_encode(&bytes, percent_encoding::CONTROLS).to_string()
}

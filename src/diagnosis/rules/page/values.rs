//! Values that a page shows in the wrong form: bytes as `b'…'`, a list for one field, a path that
//! was not decoded.

use ruff_python_ast::{Expr, Operator};

use super::parts::{plain_parts, shows_repr};
use super::visitor::percent_decoded;
use super::{Look, spot_among};
use crate::diagnosis::Mistake;
use crate::diagnosis::body::{self, Part};
use crate::diagnosis::finding::Finding;
use crate::diagnosis::rules::form;
use crate::diagnosis::source::{Node, call_of, look_up, name};

impl Look<'_, '_> {
    /// `b'…'` in a page: `str()` of bytes.
    pub fn bytes_shown(&self) -> Option<Finding> {
        let marks = ["b'", "b&#x27;", "b&#39;", "b\"", "b&quot;"];
        if !marks.iter().any(|mark| self.body.contains(mark)) {
            return None;
        }
        let spot = spot_among(&body::parts(self.case, &|_, _| false), |part| {
            let Part {
                file,
                tree,
                node,
                expr,
            } = part;
            let shown: Vec<&Expr> = match expr {
                Expr::Call(_) => {
                    let made = call_of(expr, "str").filter(|it| it.arguments.len() == 1);
                    let formatted = || call_of(expr, "format").filter(|_| !shows_repr(expr));
                    let printed = made.or_else(formatted)?;
                    printed.arguments.args.iter().collect()
                }
                Expr::FString(_) => plain_parts(expr),
                // A sum of bytes and str would have failed.
                Expr::BinOp(it) if it.op == Operator::Mod && !it.left.is_bytes_literal_expr() => {
                    plain_parts(expr)
                }
                _ => return None,
            };
            let has_bytes = shown.iter().any(|it| {
                let seen = self.is_bytes_local(file, node, it);
                seen.unwrap_or_else(|| form::is_bytes(tree, it))
            });
            has_bytes.then_some(0)
        })?;
        let message = "the page shows bytes as Python writes them, as b'…': str() was \
                       called where decode() was meant";
        Some(self.finding(Mistake::StrOfBytes, message.to_owned(), Some(spot)))
    }

    /// Whether a variable was seen to hold bytes when a line ran; nothing where its value was not
    /// seen.
    fn is_bytes_local(&self, file: &str, node: &Node<'_>, expr: &Expr) -> Option<bool> {
        let variable = name(expr)?;
        let mut held = None;
        let mut seen = None;
        let steps = self.case.run.steps().iter();
        for (_, step) in steps.filter(|(_, step)| step.place.file == file) {
            for (name, value) in &step.locals {
                if name == variable {
                    held = value.as_deref();
                }
            }
            if step.place.line == node.line {
                seen = held;
            }
        }
        seen.map(|it| it.starts_with("b'") || it.starts_with("b\""))
    }

    /// `['Ada']` in a page: what `parse_qs` gives for a field, as it is.
    pub fn list_shown(&self) -> Option<Finding> {
        let fields = self.case.run.fields();
        let shown = fields.iter().find(|(_, value)| {
            let marks = ["['", "[&#x27;", "[&#39;"];
            !value.is_empty()
                && marks
                    .iter()
                    .any(|mark| self.body.contains(&format!("{mark}{value}")))
        })?;
        let spot = self.spot_of(|tree, node, expr| {
            let Some(found) = look_up(expr).filter(|it| it.key == shown.0) else {
                return false;
            };
            let mut around = tree.around(node).map(Node::expr);
            let takes_first = matches!(around.next(), Some(Some(Expr::Subscript(_))));
            !takes_first && form::parsed(tree, found.container).is_some()
        })?;
        let message = format!(
            "the page shows the list ['{}']: parse_qs gives a list for each field",
            shown.1
        );
        Some(self.finding(Mistake::ParseQsList, message, Some(spot)))
    }

    /// A path that was not decoded, and came out encoded twice.
    pub fn garbled_path(&self) -> Option<Finding> {
        let moment = self.case.exchange().now();
        let entry = self.case.entry("PATH_INFO")?;
        let request = moment.request.as_ref()?;
        let path = request.target.split('?').next()?;
        let bytes = percent_decoded(path);
        let text = String::from_utf8(bytes.clone()).ok()?;
        if text.is_ascii() || entry.r#type != "str" {
            return None;
        }
        let garbled: String = bytes.iter().map(|&byte| char::from(byte)).collect();
        let last = garbled.rsplit('/').find(|part| !part.is_ascii())?;
        if !self.body.contains(last) {
            return None;
        }
        let spot =
            self.spot_of(|_, _, expr| look_up(expr).is_some_and(|it| it.key == "PATH_INFO"))?;
        let message = format!(
            "the page shows '{}' for {}: PATH_INFO holds the bytes as latin-1",
            last,
            text.rsplit('/').find(|part| !part.is_ascii())?
        );
        Some(self.finding(Mistake::PathNotDecoded, message, Some(spot)))
    }
}

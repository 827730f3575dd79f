//! A visitor's markup in a page: cross-site scripting.

use ruff_python_ast::Expr;

use super::parts::parts_of;
use super::visitor::{comes_of, makes_harmless, sent_by_visitor};
use super::{Look, spot_among};
use crate::diagnosis::Mistake;
use crate::diagnosis::body;
use crate::diagnosis::finding::Finding;
use crate::diagnosis::rules::raw_markup::{self, Raw};
use crate::diagnosis::source::Tree;
use crate::exchange::header;

impl<'a> Look<'a, '_> {
    /// A visitor's markup that stands in the page as it came: cross-site scripting.
    pub fn unescaped(&self) -> Option<Finding> {
        if !self.is_html() {
            return None;
        }
        let values = sent_by_visitor(self.case);
        let value = values.iter().find(|value| self.shows_markup(value))?;
        let message = format!("the page holds '{value}' as the visitor sent it");
        let of_template = |raw: Raw| {
            let message = format!("{message}: {}", raw.why);
            let finding = self.finding(Mistake::HtmlUnescaped, message, Some(raw.spot));
            let finding = finding.with(raw.remedy);
            if raw.is_sure {
                finding
            } else {
                finding.latent()
            }
        };
        if let Some(raw) = raw_markup::as_template(self.case, value) {
            return Some(of_template(raw));
        }
        let is_harmless = |_: &Tree<'a>, expr: &Expr| makes_harmless(expr, value);
        let parts = body::parts(self.case, &is_harmless);
        let of_own = |stop: &dyn Fn(&Expr) -> bool| {
            let spot = spot_among(&parts, |part| {
                let parts = parts_of(part.expr);
                let mut tainted = parts.iter().map(|it| comes_of(&part.tree, it, stop));
                // Best where there is markup around the value.
                let has_markup = part.tree.source.code(part.expr).contains('<');
                tainted.any(|it| it).then(|| usize::from(has_markup))
            });
            spot.map(|it| self.finding(Mistake::HtmlUnescaped, message.clone(), Some(it)))
        };
        // A page around one that a template engine made is not what escapes nothing.
        let fills_in = |it: &Expr| raw_markup::fills_in(self.case, it);
        of_own(&|it| makes_harmless(it, value) || fills_in(it))
            .or_else(|| raw_markup::as_value(self.case, value).map(of_template))
            .or_else(|| of_own(&|it| makes_harmless(it, value)))
    }

    fn is_html(&self) -> bool {
        let sent = self.case.exchange().now().sent.as_ref();
        let kind = sent.and_then(|(_, headers)| header(headers, "content-type"));
        kind.is_some_and(|kind| kind.to_ascii_lowercase().contains("html"))
    }

    fn shows_markup(&self, value: &str) -> bool {
        if value.contains('<') && value.len() > 2 {
            return self.body.contains(value);
        }
        // A quotation mark ends an attribute that a value stands in.
        value.contains('"')
            && self.body.match_indices(value).any(|(at, _)| {
                let before = &self.body[..at];
                let tag = before.rfind('<');
                tag > before.rfind('>') && before.ends_with("=\"")
            })
    }
}

//! The mistakes people make with WSGI: recognised in a finished exchange from what really happened,
//! and explained. The rules are code; the explanations are data in `assets/explanations/`.
//!
//! It knows the record and nothing else.

mod explanation;
mod rules;

pub use explanation::Explanation;

use serde::Serialize;

use crate::exchange::{Blame, Exchange};

/// One mistake, found in one exchange.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnosis {
    /// The stable name of the mistake, such as `body-is-str`.
    pub slug: &'static str,
    pub severity: Severity,
    /// One line with the actual values.
    pub message: String,
    /// Where, when it is known.
    #[serde(flatten)]
    pub blame: Option<Blame>,
    #[serde(flatten)]
    pub explanation: Explanation,
}

/// How bad a mistake is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// It is broken, or breaks on some server.
    Error,
    /// Worth knowing; nothing is broken.
    Note,
}

/// The mistakes seen in an exchange; none for a correct application.
#[must_use]
pub fn diagnose(exchange: &Exchange) -> Vec<Diagnosis> {
    rules::apply(exchange)
        .into_iter()
        .filter_map(|finding| {
            Some(Diagnosis {
                slug: finding.slug,
                severity: finding.severity,
                message: finding.message,
                blame: finding.blame,
                explanation: Explanation::of(finding.slug)?,
            })
        })
        .collect()
}

//! The rules: one module for each subject. Each looks at a [`Case`] and says what it found; here it
//! is put in order, and what only follows from something else is left out.

mod body;
mod body_size;
mod breach;
mod ended;
mod environ;
mod form;
mod head;
mod input;
mod length;
mod load;
mod look;
mod middleware;
mod page;
mod path;
mod raised;
mod thrown;

pub use load::load;

use super::case::{Case, Spot};

/// A mistake as a rule found it.
#[derive(Debug, Clone)]
pub struct Finding {
    pub slug: String,
    /// One line with the actual values.
    pub message: String,
    pub spot: Option<Spot>,
    /// The place of what showed it among the events.
    pub at: usize,
    /// Whether nothing has come of it yet.
    pub latent: bool,
    /// Whether the repair in the explanation is of use here.
    pub has_fix: bool,
}

impl Finding {
    pub fn new(slug: &str, message: impl Into<String>, spot: Option<Spot>, at: usize) -> Self {
        Self {
            slug: slug.to_owned(),
            message: message.into(),
            spot,
            at,
            latent: false,
            has_fix: true,
        }
    }

    /// The same, where the repair in the explanation says nothing.
    pub fn without_fix(self) -> Self {
        Self {
            has_fix: false,
            ..self
        }
    }

    /// The same, of which nothing has come yet.
    pub fn latent(self) -> Self {
        Self {
            latent: true,
            ..self
        }
    }
}

type Rule = fn(&Case<'_>) -> Vec<Finding>;

/// What happened, then what is there to happen one day.
const RULES: &[Rule] = &[
    breach::find,
    raised::find,
    ended::find,
    length::find,
    head::find,
    body::find,
    page::find,
    input::find,
    body_size::find,
    environ::find,
    path::find,
    form::find,
    middleware::find,
];

/// A mistake, and others that it causes or that say less of the same.
const CAUSES: &[(&str, &[&str])] = &[
    ("exc-info-swallowed", &["exc-info-after-body"]),
    ("exc-info-after-body", &["raised-mid-body", "raised-lazily"]),
    (
        "input-read-twice",
        &["input-read-too-much", "input-read-all"],
    ),
    (
        "middleware-eats-input",
        &["input-read-twice", "input-read-too-much"],
    ),
    (
        "middleware-stale-length",
        &[
            "content-length-characters",
            "content-length-too-short",
            "content-length-too-long",
        ],
    ),
    (
        "content-length-characters",
        &["content-length-too-short", "content-length-too-long"],
    ),
    ("middleware-joins-body", &["close-swallowed"]),
    ("parse-qs-bytes", &["parse-qs-blank", "parse-qs-list"]),
    ("body-bytes-split", &["query-split-by-hand"]),
    ("body-is-none", &["print-in-app"]),
    ("app-shared-instance", &["body-shared-iterator"]),
];

/// The mistakes of an exchange, the earliest first; each once.
pub fn apply(case: &Case<'_>) -> Vec<Finding> {
    let mut found: Vec<Finding> = Vec::new();
    for finding in RULES.iter().flat_map(|rule| rule(case)) {
        if !found.iter().any(|known| known.slug == finding.slug) {
            found.push(finding);
        }
    }
    let has = |slug: &str| found.iter().any(|known| known.slug == slug);
    let caused: Vec<&str> = CAUSES
        .iter()
        .filter(|(cause, _)| has(cause))
        .flat_map(|(_, others)| others.iter().copied())
        .collect();
    found.retain(|finding| !caused.contains(&finding.slug.as_str()));
    found.sort_by_key(|finding| finding.at);
    found
}

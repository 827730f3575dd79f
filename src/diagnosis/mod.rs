//! The mistakes people make with WSGI: recognised in a finished exchange from what really happened and
//! from the syntax tree of the source, placed on their line, and explained. The rules are code; the
//! explanations are data in `assets/explanations/`.
//!
//! It knows the record and Python's syntax, and nothing else. It is pure.

mod case;
mod explanation;
pub mod report;
mod rules;
mod run;
mod source;

pub use case::Spot;
pub use explanation::{Explanation, Severity};
pub use source::{Source, Sources};

use serde::{Serialize, Serializer};

use crate::exchange::{Exchange, Raised};

/// One mistake, found in one exchange.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnosis {
    /// The stable name of the mistake, such as `body-is-str`.
    pub slug: &'static str,
    pub severity: Severity,
    /// One line with the actual values.
    pub message: String,
    /// Where, when it is known.
    pub spot: Option<Spot>,
    /// The smallest repair: the learner's own line where that can be said, or else an example; empty
    /// where an example says nothing.
    pub fix: String,
    pub explanation: &'static Explanation,
}

impl Diagnosis {
    fn new(finding: rules::Finding, sources: &Sources) -> Option<Self> {
        let (slug, explanation) = Explanation::entry(&finding.slug)?;
        let fix = finding
            .spot
            .as_ref()
            .and_then(|spot| patched(spot, explanation, sources));
        Some(Self {
            slug,
            severity: match explanation.severity {
                Severity::Error if finding.latent => Severity::Warning,
                severity => severity,
            },
            message: finding.message,
            spot: finding.spot,
            fix: match fix {
                Some(fix) => fix,
                None if finding.has_fix => explanation.fix.trim_matches('\n').to_owned(),
                None => String::new(),
            },
            explanation,
        })
    }
}

/// As programs are told: one level, and null for what is not known.
impl Serialize for Diagnosis {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Told<'a> {
            slug: &'a str,
            severity: Severity,
            message: &'a str,
            file: Option<&'a str>,
            line: Option<u32>,
            column: Option<u32>,
            end_column: Option<u32>,
            why: &'a str,
            pep: &'a str,
            fix: &'a str,
            elsewhere: Option<&'a str>,
        }
        let spot = self.spot.as_ref();
        let columns = spot.and_then(|spot| spot.columns);
        Told {
            slug: self.slug,
            severity: self.severity,
            message: &self.message,
            file: spot.map(|spot| spot.file.as_str()),
            line: spot.map(|spot| spot.line),
            column: columns.map(|(from, _)| from),
            end_column: columns.map(|(_, to)| to),
            why: &self.explanation.why,
            pep: &self.explanation.pep,
            fix: &self.fix,
            elsewhere: self.explanation.elsewhere.as_deref(),
        }
        .serialize(serializer)
    }
}

/// The mistakes seen in an exchange: the worst first, and of those the cause before what came later.
/// None for a correct application.
/// `sources` are the project's files as they were when it ran.
#[must_use]
pub fn diagnose(exchange: &Exchange, sources: &Sources) -> Vec<Diagnosis> {
    if exchange.now().refused.is_some() {
        return Vec::new();
    }
    let case = case::Case::new(exchange, sources);
    let found = rules::apply(&case).into_iter();
    let mut found: Vec<Diagnosis> = found
        .filter_map(|finding| Diagnosis::new(finding, sources))
        .collect();
    found.sort_by_key(|diagnosis| diagnosis.severity);
    found
}

/// The mistake because of which the application could not be loaded.
#[must_use]
pub fn diagnose_load(raised: &Raised, sources: &Sources) -> Vec<Diagnosis> {
    let finding = rules::load(raised, sources);
    Diagnosis::new(finding, sources).into_iter().collect()
}

/// The learner's line with the wrong expression replaced.
fn patched(spot: &Spot, explanation: &Explanation, sources: &Sources) -> Option<String> {
    let patch = explanation.patch.as_deref()?;
    let (from, to) = spot.columns?;
    let line = sources.get(&spot.file)?.line(spot.line);
    let at = |column: u32| {
        let before = line.chars().take(column.saturating_sub(1) as usize);
        before.map(char::len_utf8).sum::<usize>()
    };
    let (from, to) = (at(from), at(to));
    let code = line.get(from..to)?;
    // An expression that goes on in the next line cannot be replaced in this one.
    let parsed = ruff_python_parser::parse_expression(code).ok()?;
    let made = if source::binds_tightly(parsed.expr()) {
        patch.replace("({code})", code)
    } else {
        patch.to_owned()
    };
    let made = made.replace("{code}", code);
    // A comment behind it speaks of the line as it was.
    let rest = &line[to..];
    let is_comment = rest.trim_start().starts_with('#');
    let rest = if is_comment { "" } else { rest };
    let line = format!("{}{made}{rest}", &line[..from]);
    Some(line.trim().to_owned())
}

#[cfg(test)]
mod tests;

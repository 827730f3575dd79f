//! The mistakes people make with WSGI: recognised in a finished exchange from what really happened
//! and from the syntax tree of the source, placed on their line, and explained. The rules are code,
//! a file for each family; the explanations are data in `assets/explanations/`.
//!
//! It knows the record and Python's syntax, and nothing else. It is pure, but for the thread of
//! [`Analyzer`], which keeps the screen and the server from waiting for it.

mod analyzer;
mod body;
mod budget;
mod case;
mod caught;
mod edit;
mod elsewhere;
mod explanation;
mod finding;
mod fix;
mod mistake;
mod parser_stack;
mod project_files;
pub mod report;
mod rules;
mod run;
mod source;
mod spot;

pub use analyzer::{Analyzer, THREAD};
pub use edit::Edit;
pub use explanation::{Explanation, Severity};
pub use fix::Fix;
pub use mistake::Mistake;
pub(crate) use parser_stack::with_parser_stack;
pub use source::{Source, Sources};
pub(crate) use source::{keywords, literal, parse_module};
pub use spot::Spot;

use serde::{Serialize, Serializer};

use crate::exchange::{Exchange, Raised};
use source::{Modules, Trees};

/// One mistake, found in one exchange.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnosis {
    pub mistake: Mistake,
    pub severity: Severity,
    /// One line with the actual values.
    pub message: String,
    /// Where, when it is known.
    pub spot: Option<Spot>,
    pub fix: Fix,
    /// What other servers do, where they do something else.
    pub elsewhere: Option<&'static str>,
}

impl Diagnosis {
    /// `otherwise` is what other servers do where the explanation says something else.
    fn new(finding: finding::Finding, otherwise: Option<&'static str>, trees: &Trees<'_>) -> Self {
        let explanation = finding.mistake.explanation();
        Self {
            mistake: finding.mistake,
            severity: match explanation.severity {
                Severity::Error if finding.latent => Severity::Warning,
                severity => severity,
            },
            fix: fix::of(&finding, trees),
            message: finding.message,
            spot: finding.spot,
            elsewhere: otherwise.or(explanation.elsewhere.as_deref()),
        }
    }

    /// One that several exchanges show, with the example of its explanation.
    pub fn of_check(mistake: Mistake, message: String, spot: Option<Spot>) -> Self {
        let explanation = mistake.explanation();
        Self {
            mistake,
            severity: explanation.severity,
            message,
            spot,
            fix: Fix::Example(explanation.fix.trim_matches('\n').to_owned()),
            elsewhere: explanation.elsewhere.as_deref(),
        }
    }

    /// The stable name of the mistake, such as `body-is-str`.
    pub fn slug(&self) -> &'static str {
        self.mistake.slug()
    }

    pub fn explanation(&self) -> &'static Explanation {
        self.mistake.explanation()
    }
}

/// As programs are told: one level, and null for what is not known.
impl Serialize for Diagnosis {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Fields<'a> {
            slug: &'a str,
            severity: Severity,
            message: &'a str,
            file: Option<&'a str>,
            line: Option<u32>,
            column: Option<u32>,
            end_column: Option<u32>,
            why: &'a str,
            pep: &'a str,
            fix: Option<&'a Edit>,
            example: Option<&'a str>,
            elsewhere: Option<&'a str>,
        }
        let spot = self.spot.as_ref();
        let columns = spot.and_then(|spot| spot.columns);
        let explanation = self.explanation();
        Fields {
            slug: self.slug(),
            severity: self.severity,
            message: &self.message,
            file: spot.map(|spot| spot.file.as_str()),
            line: spot.map(|spot| spot.line),
            column: columns.map(|(from, _)| from),
            end_column: columns.map(|(_, to)| to),
            why: &explanation.why,
            pep: &explanation.pep,
            fix: match &self.fix {
                Fix::Instead(edit) => Some(edit),
                Fix::Example(_) | Fix::None => None,
            },
            example: match &self.fix {
                Fix::Example(code) => Some(code),
                Fix::Instead(_) | Fix::None => None,
            },
            elsewhere: self.elsewhere,
        }
        .serialize(serializer)
    }
}

/// What a diagnosis came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings {
    /// The worst first, and of those the cause before what came later.
    pub diagnoses: Vec<Diagnosis>,
    /// Whether something was left out: it would have been more work than one diagnosis may be.
    pub unfinished: bool,
}

impl Findings {
    /// The names of the mistakes, in the same order.
    pub fn slugs(&self) -> Vec<&'static str> {
        self.diagnoses.iter().map(Diagnosis::slug).collect()
    }
}

/// The mistakes seen in an exchange; none for a correct application.
/// `sources` are the project's files as they were when it ran.
pub fn diagnose(exchange: &Exchange, sources: &Sources) -> Findings {
    let modules = Modules::of(sources);
    diagnose_with(exchange, &Trees::new(sources, &modules))
}

/// The mistake because of which the application could not be loaded.
pub fn diagnose_load(raised: &Raised, sources: &Sources) -> Findings {
    let modules = Modules::of(sources);
    diagnose_load_with(raised, &Trees::new(sources, &modules))
}

fn diagnose_with(exchange: &Exchange, trees: &Trees<'_>) -> Findings {
    if exchange.now().refused.is_some() {
        return Findings::default();
    }
    trees.begin();
    let caught = caught::Caught::of(exchange, trees);
    let found = rules::apply(&case::Case::new(exchange, trees, caught.as_ref()));
    let unfinished = trees.is_unfinished();
    let found = found.into_iter().map(|it| {
        let shown = exchange.events().get(it.at);
        let otherwise = shown.and_then(|event| elsewhere::of_event(&event.kind));
        Diagnosis::new(it, otherwise, trees)
    });
    let mut diagnoses: Vec<Diagnosis> = found.collect();
    diagnoses.sort_by_key(|diagnosis| diagnosis.severity);
    Findings {
        diagnoses,
        unfinished,
    }
}

fn diagnose_load_with(raised: &Raised, trees: &Trees<'_>) -> Findings {
    trees.begin();
    let nothing = Exchange::new(0);
    let finding = rules::load(raised, &case::Case::new(&nothing, trees, None));
    let otherwise = elsewhere::of_raised(raised);
    Findings {
        unfinished: trees.is_unfinished(),
        diagnoses: vec![Diagnosis::new(finding, otherwise, trees)],
    }
}

#[cfg(test)]
mod any_source;
#[cfg(test)]
mod tests;

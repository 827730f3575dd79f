//! What `check` finds and no diagnosis of a single exchange names: an answer of the app's own that
//! says it failed, and two answers that do not go together.

use serde::{Serialize, Serializer};

use crate::diagnosis::{Severity, Sources, Spot};
use crate::exchange::Blame;

/// One such finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub name: &'static str,
    pub severity: Severity,
    /// One line with the actual values.
    pub message: String,
    /// What it is about: findings of one name and spot with the same subject are one.
    pub subject: String,
    /// Where, when it is known.
    pub spot: Option<Spot>,
    /// Some lines.
    pub why: &'static str,
    /// The section of the standard.
    pub see: &'static str,
    /// What would be right; empty where that is not known.
    pub fix: &'static str,
    /// What else is told to people: names and texts.
    pub notes: Vec<(&'static str, String)>,
}

impl Finding {
    /// Whether another one says the same, perhaps with other values.
    pub fn is_same(&self, other: &Self) -> bool {
        self.name == other.name && self.spot == other.spot && self.subject == other.subject
    }
}

/// A line as the spot of a finding; nothing where its text is not known.
pub fn whole_line(place: &Blame, sources: &Sources) -> Option<Spot> {
    let span = sources.get(&place.file)?.whole_line(place.line);
    Some(Spot::of(&place.file, span))
}

/// With the fields of a diagnosis, so that programs need not tell them apart.
impl Serialize for Finding {
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
            why: String,
            pep: &'a str,
            fix: Option<&'a str>,
            example: Option<&'a str>,
            elsewhere: Option<&'a str>,
        }
        let spot = self.spot.as_ref();
        let columns = spot.and_then(|spot| spot.columns);
        Fields {
            slug: self.name,
            severity: self.severity,
            message: &self.message,
            file: spot.map(|spot| spot.file.as_str()),
            line: spot.map(|spot| spot.line),
            column: columns.map(|(from, _)| from),
            end_column: columns.map(|(_, to)| to),
            why: self.why.replace('\n', " "),
            pep: self.see,
            fix: None,
            example: Some(self.fix).filter(|it| !it.is_empty()),
            elsewhere: None,
        }
        .serialize(serializer)
    }
}

//! What `check` finds: a mistake, and for one that no single exchange shows what it is about.

use serde::Serialize;

use crate::diagnosis::{Diagnosis, Mistake, Severity, Sources, Spot, report};
use crate::exchange::{Blame, StartResponse, visible};

/// A mistake that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    #[serde(flatten)]
    pub diagnosis: Diagnosis,
    /// What it is about, beside its place: findings of one mistake and place with the same subject
    /// are one.
    #[serde(skip)]
    pub subject: String,
    /// What else is told to people: names and texts.
    #[serde(skip)]
    pub notes: Vec<(&'static str, String)>,
}

/// One that a single exchange shows.
impl From<Diagnosis> for Finding {
    fn from(diagnosis: Diagnosis) -> Self {
        Self {
            diagnosis,
            subject: String::new(),
            notes: Vec::new(),
        }
    }
}

impl Finding {
    /// One of [`Mistake::OF_CHECK`].
    pub fn of_check(mistake: Mistake, message: String, spot: Option<Spot>) -> Self {
        Diagnosis::of_check(mistake, message, spot).into()
    }

    pub fn severity(&self) -> Severity {
        self.diagnosis.severity
    }

    /// Whether another one is the same mistake in the same place, perhaps with other values.
    pub fn is_same(&self, other: &Self) -> bool {
        let (one, another) = (&self.diagnosis, &other.diagnosis);
        one.mistake == another.mistake && one.spot == another.spot && self.subject == other.subject
    }

    /// Whether each page that shows it may have a reason of its own.
    pub fn is_of_pages(&self) -> bool {
        Mistake::OF_CHECK.contains(&self.diagnosis.mistake)
    }

    /// The lines of a report; `seen` are further notes at its end.
    pub fn told(&self, sources: &Sources, seen: Option<(&'static str, String)>) -> String {
        let notes = self.notes.iter().map(|(name, text)| (*name, visible(text)));
        let notes: Vec<_> = notes.chain(seen).collect();
        report::told_with(&self.diagnosis, sources, &notes)
    }
}

/// A line as the spot of a finding; nothing where its text is not known.
pub fn whole_line(place: &Blame, sources: &Sources) -> Option<Spot> {
    let span = sources.get(&place.file)?.whole_line(place.line);
    Some(Spot::of(&place.file, span))
}

/// Who made an answer, when a library did so for the line that is shown: a response object of
/// `WebOb`, say. (A library may also hand on what the project gave it; then the project calls it as
/// `start_response`.)
pub fn made_by(started: &StartResponse, sources: &Sources) -> Option<(&'static str, String)> {
    let library = started.library.as_ref()?;
    let place = &started.by.calls.first()?.place;
    let line = sources.get(&place.file)?.line(place.line);
    let is_call = |(at, name): (usize, &str)| line[at + name.len()..].trim_start().starts_with('(');
    let mut named = line.match_indices("start_response");
    let note = format!("{library}, which is not a file of the project");
    (!named.any(is_call)).then_some(("made by", note))
}

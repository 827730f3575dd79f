//! What `check` says about an app: the requests it sent, what they show, and how to read it.

use std::collections::HashSet;
use std::fmt::Write as _;

use serde::Serialize;

use super::finding::Finding;
use crate::diagnosis::{Severity, Sources};
use crate::exchange::visible;
use crate::python::About;

/// Requests of a finding that are named to people.
const MAX_SEEN: usize = 3;

/// What was found out about an application.
#[derive(Debug, Serialize)]
pub struct AppReport {
    /// As it was asked for.
    pub app: String,
    pub python: About,
    /// The requests that were sent.
    pub requests: Vec<ProbeReport>,
    pub diagnoses: Vec<FindingReport>,
    /// How many of the requests that were known by then were not sent.
    pub not_sent: usize,
    /// Whether it could be loaded, and either made a mistake or answered a request whole, and not
    /// with 404.
    pub checked: bool,
    /// Whether mistakes may have been missed, because the source was too much to look into.
    pub analysis_incomplete: bool,
    #[serde(skip)]
    pub(super) sources: Sources,
    /// The pages it began with.
    #[serde(skip)]
    pub(super) pages: Vec<String>,
    /// Whether it could be loaded.
    #[serde(skip)]
    pub(super) is_loaded: bool,
    /// Why the last requests were not sent any more.
    #[serde(skip)]
    pub(super) stopped: Option<String>,
}

/// A request, and what came.
#[derive(Debug, Serialize)]
pub struct ProbeReport {
    pub method: String,
    pub target: String,
    /// The status as the client got it; nothing when there was no answer.
    pub status: Option<String>,
    /// Whether an answer came, and the check stayed until its end.
    pub whole: bool,
}

/// What was found, and the requests that showed it.
#[derive(Debug, Serialize)]
pub struct FindingReport {
    #[serde(flatten)]
    pub found: Finding,
    /// As `GET /`; none where it shows without a request.
    pub seen: Vec<String>,
}

/// What a check comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Right,
    /// There is an error or a warning.
    Wrong,
    /// It could not be loaded, or no page of it was reached.
    Unchecked,
}

impl ProbeReport {
    /// Whether the answer says that there is nothing at this path, or not for this method.
    fn is_missing(&self) -> bool {
        let status = self.status.as_deref().unwrap_or_default();
        let is_common = ["GET", "HEAD"].contains(&self.method.as_str());
        status.starts_with("404")
            || !is_common && (status.starts_with("405") || status.starts_with("501"))
    }
}

impl FindingReport {
    /// A note that says which requests showed it.
    fn seen_told(&self) -> Option<(&'static str, String)> {
        let shown: Vec<String> = if self.found.is_of_pages() {
            first_of_each_path(&self.seen)
        } else {
            self.seen.iter().take(1).map(|it| visible(it)).collect()
        };
        let others = match self.seen.len() - shown.len() {
            0 => String::new(),
            count => format!(" and {count} more"),
        };
        (!shown.is_empty()).then(|| ("seen", format!("with {}{others}", shown.join(", "))))
    }
}

impl AppReport {
    /// What it comes to; notes count for nothing.
    pub fn outcome(&self) -> Outcome {
        if !self.checked {
            Outcome::Unchecked
        } else if self.count(Severity::Error) + self.count(Severity::Warning) > 0 {
            Outcome::Wrong
        } else {
            Outcome::Right
        }
    }

    fn count(&self, severity: Severity) -> usize {
        let all = self.diagnoses.iter();
        all.filter(|it| it.found.severity() == severity).count()
    }

    /// Takes what a request showed; what is known is only counted.
    pub(super) fn take(&mut self, found: Finding, request: Option<&str>) {
        let mut seen = request.map(str::to_owned);
        let mut known = self.diagnoses.iter_mut();
        match known.find(|known| known.found.is_same(&found)) {
            Some(known) => {
                // A request may be sent more than once.
                seen.take_if(|request| known.seen.contains(request));
                known.seen.extend(seen);
            }
            None => self.diagnoses.push(FindingReport {
                found,
                seen: seen.into_iter().collect(),
            }),
        }
    }

    /// Puts the worst first, and says whether a page was reached.
    pub(super) fn finish(&mut self) {
        self.diagnoses.sort_by_key(|shown| shown.found.severity());
        let mut answered = self.requests.iter().filter(|it| it.whole);
        let is_reached = !self.diagnoses.is_empty() || answered.any(|it| !it.is_missing());
        self.checked = self.is_loaded && is_reached;
    }

    /// How many requests were answered whole.
    fn answered(&self) -> usize {
        self.requests.iter().filter(|it| it.whole).count()
    }

    /// For people: each mistake, and how many there are.
    pub fn told(&self) -> String {
        let mut text = String::new();
        for shown in &self.diagnoses {
            text.push_str(&shown.found.told(&self.sources, shown.seen_told()));
            text.push('\n');
        }
        let app = visible(&self.app);
        let found = self.found_told();
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            "{app}: {found} ({}, {})",
            self.sent_told(),
            self.python
        );
        if let Some(why) = &self.stopped {
            let _ = match self.not_sent {
                0 => writeln!(text, "{why}."),
                1 => writeln!(text, "{why}, so 1 more request was not sent."),
                count => writeln!(text, "{why}, so {count} more requests were not sent."),
            };
        }
        if self.analysis_incomplete {
            text.push_str(
                "Some of the source could not be analysed: mistakes may have been missed.\n",
            );
        }
        if self.checked {
            for page in self.missing_pages() {
                let _ = writeln!(
                    text,
                    "There is no page {}: it was answered 404.",
                    visible(page)
                );
            }
        } else if self.is_loaded {
            let _ = writeln!(text, "{}", self.unchecked_told());
        }
        text
    }

    /// Why nothing was checked of an app that was loaded, and what to do.
    fn unchecked_told(&self) -> String {
        let app = visible(&self.app);
        let mut answers = self.requests.iter().filter(|it| it.status.is_some());
        if self.answered() > 0 && answers.all(ProbeReport::is_missing) {
            return format!(
                "Every answer was 404: name a page the app has, as in \
                 'wsgi-tutor check {app} --path /the/page'."
            );
        }
        format!(
            "No page was answered completely: name one whose answer ends, as in \
             'wsgi-tutor check {app} --path /the/page', or give it more time with --budget."
        )
    }

    /// The pages it began with that the app does not have.
    fn missing_pages(&self) -> impl Iterator<Item = &str> {
        let is_missing = |page: &&String| {
            let mut requests = self.requests.iter();
            requests.any(|it| it.method == "GET" && it.target == **page && it.is_missing())
        };
        self.pages.iter().filter(is_missing).map(String::as_str)
    }

    /// `2 errors, 1 note`
    fn found_told(&self) -> String {
        if !self.checked && self.is_loaded {
            return "nothing was checked".to_owned();
        }
        let counts = [
            (self.count(Severity::Error), "error"),
            (self.count(Severity::Warning), "warning"),
            (self.count(Severity::Note), "note"),
        ];
        let found: Vec<String> = counts
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, name)| counted(*count, name))
            .collect();
        if !found.is_empty() {
            found.join(", ")
        } else if self.stopped.is_some() {
            format!(
                "nothing to complain about in the {} that came",
                counted(self.answered(), "answer")
            )
        } else {
            "nothing to complain about".to_owned()
        }
    }

    /// `20 requests to 4 paths`
    fn sent_told(&self) -> String {
        if !self.is_loaded {
            return "it could not be loaded".to_owned();
        }
        let path = |asked: &ProbeReport| asked.target.split('?').next().map(str::to_owned);
        let paths: HashSet<Option<String>> = self.requests.iter().map(path).collect();
        format!(
            "{} to {}",
            counted(self.requests.len(), "request"),
            counted(paths.len(), "path")
        )
    }
}

/// The first request to each path, for some paths.
fn first_of_each_path(requests: &[String]) -> Vec<String> {
    let path = |request: &str| {
        let target = request.split(' ').nth(1).unwrap_or_default();
        target.split('?').next().unwrap_or_default().to_owned()
    };
    let mut paths = HashSet::new();
    requests
        .iter()
        .filter(|request| paths.insert(path(request)))
        .take(MAX_SEEN)
        .map(|request| visible(request))
        .collect()
}

fn counted(count: usize, name: &str) -> String {
    format!("{count} {name}{}", if count == 1 { "" } else { "s" })
}

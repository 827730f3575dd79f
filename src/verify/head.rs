//! HEAD against GET of the same page: an answer to HEAD has the headers the answer to GET would
//! have (RFC 9110, section 9.3.2).

use std::collections::HashMap;

use super::finding::{Finding, made_by, whole_line};
use crate::diagnosis::{Mistake, Sources};
use crate::exchange::{Exchange, Moment, header};

/// How often a difference must be seen: a page that changes from request to request has none.
const ROUNDS: usize = 3;

/// The answers to GET and HEAD of each page.
#[derive(Debug, Default)]
pub struct HeadComparison {
    pages: HashMap<String, Vec<Round>>,
}

/// What comes of an answer.
#[derive(Debug)]
pub enum Compared {
    /// The other one of the pair is to come, or nothing differs.
    Nothing,
    /// They differ: it must be seen once more.
    Again,
    Differs(Vec<Finding>),
}

#[derive(Debug)]
struct Round {
    get: Option<Answer>,
    head: Option<Answer>,
}

/// What is compared of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Answer {
    status: String,
    content_type: Option<String>,
    /// As its header says, and for GET the bytes of the body where there is no such header.
    content_length: Option<String>,
}

impl HeadComparison {
    /// Takes the answer to one of a pair.
    pub fn take(
        &mut self,
        method: &str,
        target: &str,
        exchange: &Exchange,
        sources: &Sources,
    ) -> Compared {
        let rounds = self.pages.entry(target.to_owned()).or_default();
        let answer = Answer::of(exchange.now(), method == "GET");
        if method == "GET" {
            rounds.push(Round {
                get: answer,
                head: None,
            });
            return Compared::Nothing;
        }
        let Some(round) = rounds.last_mut() else {
            return Compared::Nothing;
        };
        round.head = answer;
        let mut found = differences(rounds);
        if found.is_empty() {
            Compared::Nothing
        } else if rounds.len() < ROUNDS {
            Compared::Again
        } else {
            let started = exchange.now().started.as_ref();
            let spot = started.and_then(|it| whole_line(it.by.blame.as_ref()?, sources));
            let made_by = started.and_then(|it| made_by(it, sources));
            for finding in &mut found {
                finding.notes.extend(made_by.clone());
                finding.diagnosis.spot.clone_from(&spot);
            }
            Compared::Differs(found)
        }
    }
}

impl Answer {
    /// Nothing where the app gave no answer that can be compared.
    fn of(moment: &Moment, is_get: bool) -> Option<Self> {
        // The headers of the app itself: the server adds some.
        let started = moment.started.as_ref()?;
        let is_good = started.status.starts_with(['2', '3']);
        if !is_good || moment.error_page || moment.client_gone || moment.error.is_some() {
            return None;
        }
        let value = |name: &str| Some(header(&started.headers, name)?.trim().to_owned());
        let length = value("Content-Length");
        let counted = || is_get.then(|| moment.body.length.to_string());
        Some(Self {
            status: started.status.clone(),
            content_type: value("Content-Type"),
            content_length: length.or_else(counted),
        })
    }
}

/// What differs between GET and HEAD in every round, while each of them is answered in the same
/// way.
fn differences(rounds: &[Round]) -> Vec<Finding> {
    let pairs: Vec<(&Answer, &Answer)> = rounds
        .iter()
        .filter_map(|round| round.get.as_ref().zip(round.head.as_ref()))
        .collect();
    let Some(&(get, head)) = pairs.first() else {
        return Vec::new();
    };
    if pairs.len() < rounds.len() {
        return Vec::new();
    }
    let is_steady = |part: fn(&Answer) -> &str| {
        let steady =
            |pair: &(&Answer, &Answer)| part(pair.0) == part(get) && part(pair.1) == part(head);
        pairs.iter().all(steady)
    };
    // The place is that of the last answer to HEAD.
    let finding = |mistake, message| Finding::of_check(mistake, message, None);
    let code: fn(&Answer) -> &str = |answer| answer.status.get(..3).unwrap_or_default();
    if code(get) != code(head) {
        let message = format!("HEAD is answered {}, and GET {}", head.status, get.status);
        let found = is_steady(code).then(|| finding(Mistake::HeadStatus, message));
        return found.into_iter().collect();
    }
    let kind: fn(&Answer) -> &str = |answer| answer.content_type.as_deref().unwrap_or("none");
    let length: fn(&Answer) -> &str = |answer| answer.content_length.as_deref().unwrap_or("");
    let mut found = Vec::new();
    // A HEAD without a length is fine: it may take the whole page to know it.
    let has_length = head.content_length.is_some();
    if has_length && length(head) != length(get) && is_steady(length) {
        let message = format!(
            "HEAD has a Content-Length of {}, and GET has {}",
            length(head),
            length(get)
        );
        found.push(finding(Mistake::HeadContentLength, message));
    }
    let same_type = kind(head).eq_ignore_ascii_case(kind(get));
    if !same_type && is_steady(kind) {
        let message = format!(
            "HEAD has the Content-Type {}, and GET has {}",
            kind(head),
            kind(get)
        );
        found.push(finding(Mistake::HeadContentType, message));
    }
    found
}

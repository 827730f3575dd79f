//! Runs checks: which requests to send, and the verdict on each check when they were answered. The
//! screen, `check` and `lessons check` share this, and differ only in how they send the requests.

use super::error::{SpecError, Unanswered};
use super::{Check, Prepared, Seen, Verdict};
use crate::browser::Request;
use crate::exchange::{Exchange, ExchangeId};

/// A finished exchange, and the names of the mistakes in it.
#[derive(Debug, Clone, PartialEq)]
pub struct DiagnosedExchange {
    pub exchange: Exchange,
    pub mistakes: Vec<&'static str>,
}

impl DiagnosedExchange {
    /// The exchange as checks see it, with the text of the application's file as it ran.
    pub fn seen<'a>(&'a self, source: &'a str) -> Seen<'a> {
        Seen {
            exchange: &self.exchange,
            source,
            mistakes: &self.mistakes,
        }
    }
}

/// What came of a request; or why nothing did.
pub type Reply = Result<DiagnosedExchange, Unanswered>;

/// What became of the checks that were sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdicts {
    /// The place of each check, and the verdict on it.
    pub of_checks: Vec<(usize, Verdict)>,
    /// The exchange of the first request that failed, if one did.
    pub failed: Option<ExchangeId>,
}

/// The requests of checks, with values nobody could know.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckRun {
    /// Each request, with the place of its check.
    prepared: Vec<(usize, Prepared)>,
}

impl CheckRun {
    /// Prepares the requests of those checks that the tutor sends. `seed` is called for each check.
    ///
    /// # Errors
    /// When a check asks for a value that it does not name.
    pub fn prepare(checks: &[Check], mut seed: impl FnMut() -> u64) -> Result<Self, SpecError> {
        let mut prepared = Vec::new();
        for (place, check) in checks.iter().enumerate() {
            let requests = check.prepare(seed())?;
            prepared.extend(requests.into_iter().map(|one| (place, one)));
        }
        Ok(Self { prepared })
    }

    /// The requests, in the order in which they are sent.
    pub fn requests(&self) -> Vec<Request> {
        let requests = self.prepared.iter();
        requests.map(|(_, one)| one.request.clone()).collect()
    }

    /// The verdict on each check that was sent, with its place: its first request that failed
    /// decides. `replies` are in the order of the requests.
    pub fn verdicts(&self, replies: &[Reply], source: &str) -> Verdicts {
        let mut verdicts: Vec<(usize, Verdict)> = Vec::new();
        let mut failed = None;
        for ((place, prepared), reply) in self.prepared.iter().zip(replies) {
            let verdict = match reply {
                Ok(answered) => {
                    let verdict = prepared.judge(&answered.seen(source));
                    if verdict != Verdict::Passed {
                        failed = failed.or(Some(answered.exchange.id));
                    }
                    verdict
                }
                Err(why) => prepared.unanswered(why),
            };
            match verdicts.last_mut() {
                Some((last, kept)) if last == place => {
                    if *kept == Verdict::Passed {
                        *kept = verdict;
                    }
                }
                _ => verdicts.push((*place, verdict)),
            }
        }
        Verdicts {
            of_checks: verdicts,
            failed,
        }
    }
}

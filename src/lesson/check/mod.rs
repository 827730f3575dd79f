//! Checks: what a learner's application is asked, what the finished exchange is expected to be
//! like, and the verdict in words. All of it is pure; a session sends the requests.

mod bytes;
mod error;
mod expectation;
mod question;
mod request;
mod run;
mod seen;
mod values;
mod wanted;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

pub use error::{SpecError, Unanswered};
pub use expectation::{Expectation, Missed};
pub use question::{Answer, Question};
pub use request::RequestSpec;
pub use run::{CheckRun, DiagnosedExchange, Reply, Verdicts};
pub use seen::Seen;
pub use values::{Kind, Values};

use crate::browser;
use crate::diagnosis::{Mistake, Severity};

/// Something the learner is to reach in a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// A line of the learner's task list.
    pub says: String,
    pub by: By,
    /// The line it stands in, of the step's TOML file; for the person who writes it.
    pub line: usize,
}

/// Who sends the requests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum By {
    /// The tutor: all tries must hold, with values of these kinds.
    Tutor {
        with: BTreeMap<String, Kind>,
        tries: Vec<Try>,
    },
    /// The learner: one exchange like this must come.
    Learner {
        asked: RequestSpec,
        expect: Box<Expectation>,
    },
}

/// A request and what is to come of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Try {
    pub send: RequestSpec,
    pub expect: Expectation,
    /// Answers that are wrong in a way that is known.
    pub wrong: Vec<Wrong>,
}

/// An answer that is wrong in a way that is known, and what to say to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    pub when: Expectation,
    pub say: String,
    /// The line of `say`, of the step's TOML file; for the person who writes it.
    pub line: usize,
}

/// A request that is ready to be sent, and how its exchange is judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prepared {
    pub request: browser::Request,
    expect: Expectation,
    wrong: Vec<Wrong>,
}

/// What became of a check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    Passed,
    Failed(Failure),
}

/// Why a check did not pass, in words.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Failure {
    /// `GET /bakiro`
    pub sent: String,
    /// `200 OK, text/plain, 'Hello'`
    pub came: String,
    /// `a body that contains 'bakiro'`
    pub expected: String,
    /// What is known of this wrong answer: the mistake that the tutor names, or a sentence of the
    /// lesson's own.
    pub advice: Option<String>,
    /// The line of that sentence, of the step's TOML file.
    #[serde(skip)]
    pub rule: Option<usize>,
}

impl Check {
    /// The requests of a check the tutor sends, with new values; none where the learner sends.
    ///
    /// # Errors
    /// As [`Values::fill`].
    pub fn prepare(&self, seed: u64) -> Result<Vec<Prepared>, SpecError> {
        match &self.by {
            By::Learner { .. } => Ok(Vec::new()),
            By::Tutor { with, tries } => {
                let values = Values::new(with, seed);
                tries.iter().map(|one| one.prepare(&values)).collect()
            }
        }
    }

    /// Whether the tutor sends the requests.
    pub fn is_sent(&self) -> bool {
        matches!(self.by, By::Tutor { .. })
    }

    /// The lines of the sentences about wrong answers, of the step's TOML file.
    pub fn rule_lines(&self) -> Vec<usize> {
        match &self.by {
            By::Learner { .. } => Vec::new(),
            By::Tutor { tries, .. } => {
                let rules = tries.iter().flat_map(|one| &one.wrong);
                rules.map(|rule| rule.line).collect()
            }
        }
    }

    /// What the lesson says of a mistake that was found in an exchange in which the application
    /// could not be loaded; nothing where it says nothing of this mistake.
    pub fn advice_on_load(&self, seen: &Seen<'_>) -> Option<String> {
        // The rules of a course that was read can be filled.
        let tries = self.prepare(0).unwrap_or_default();
        let mut rules = tries.into_iter().flat_map(|one| one.wrong);
        let named = named_cause(seen).is_some();
        let is_known =
            |rule: &Wrong| rule.when.names_mistake() || (rule.when.names_cause() && !named);
        let rule = rules.find(|rule| is_known(rule) && rule.when.holds(seen));
        rule.map(|rule| rule.say)
    }

    /// Whether an exchange of the learner's own is what this check waits for. `None` where it is
    /// about something else.
    pub fn judge_own(&self, seen: &Seen<'_>) -> Option<Verdict> {
        let By::Learner { asked, expect } = &self.by else {
            return None;
        };
        let request = seen.exchange.now().request.as_ref()?;
        asked.is_like(request).then(|| {
            let sent = format!("{} {}", request.method, request.target);
            verdict(&crate::exchange::visible(&sent), expect, &[], seen)
        })
    }
}

impl Try {
    fn prepare(&self, values: &Values) -> Result<Prepared, SpecError> {
        let wrong = self.wrong.iter().map(|wrong| {
            Ok(Wrong {
                when: wrong.when.fill(values)?,
                say: values.fill(&wrong.say)?,
                line: wrong.line,
            })
        });
        Ok(Prepared {
            request: self.send.fill(values)?,
            expect: self.expect.fill(values)?,
            wrong: wrong.collect::<Result<_, SpecError>>()?,
        })
    }
}

impl Prepared {
    /// The verdict on the exchange that came of the request.
    pub fn judge(&self, seen: &Seen<'_>) -> Verdict {
        verdict(
            &request::told(&self.request),
            &self.expect,
            &self.wrong,
            seen,
        )
    }

    /// The verdict when there is no exchange to look at, and why.
    pub fn unanswered(&self, why: &Unanswered) -> Verdict {
        Verdict::Failed(Failure {
            sent: request::told(&self.request),
            came: crate::exchange::visible(&why.to_string()),
            expected: "an answer".to_owned(),
            advice: None,
            rule: None,
        })
    }
}

fn verdict(sent: &str, expect: &Expectation, wrong: &[Wrong], seen: &Seen<'_>) -> Verdict {
    let Some(missed) = expect.missed(seen) else {
        return Verdict::Passed;
    };
    let named = named_cause(seen);
    // Where the reason of an exception is known, nothing is guessed from its type or the error
    // page.
    let is_guess = |it: &Wrong| named.is_some() && !it.when.names_mistake();
    let rule = wrong.iter().find(|it| it.when.holds(seen) && !is_guess(it));
    let came = match missed.instead {
        Some(instead) => format!("{}; {instead}", seen.told()),
        None => seen.told(),
    };
    Verdict::Failed(Failure {
        sent: sent.to_owned(),
        came,
        expected: missed.expected,
        rule: rule.map(|it| it.line),
        advice: rule.map(|it| it.say.clone()).or(named),
    })
}

/// What the tutor names as the cause of the exception, if there was one, and what it says of that:
/// more than that there was one, and where.
fn named_cause(seen: &Seen<'_>) -> Option<String> {
    const UNEXPLAINED: &[Mistake] = &[
        Mistake::ExceptionInHandler,
        Mistake::RaisedBeforeStart,
        Mistake::RaisedLazily,
        Mistake::RaisedMidBody,
        Mistake::SyntaxError,
    ];
    seen.raised()?;
    let named = || seen.mistakes.iter().filter_map(|it| Mistake::named(it));
    // Whatever else was found is not why it was raised.
    if named().any(|it| UNEXPLAINED.contains(&it)) {
        return None;
    }
    let cause = named().find(|it| it.explanation().severity == Severity::Error)?;
    let title = &cause.explanation().title;
    let mut letters = title.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    let is_name = |word: &str| word.contains(['_', '.', '(']);
    let title = match title.split(' ').next() {
        Some(word) if is_name(word) => title.clone(),
        _ => first.chain(letters).collect(),
    };
    let why = cause.explanation().why.replace('\n', " ");
    Some(format!("{title} ({}). {why}", cause.slug()))
}

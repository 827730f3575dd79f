//! What an exchange is expected to be like. Which expectation was missed is told in words.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::error::SpecError;
use super::seen::Seen;
use super::values::Values;
use super::wanted::Wanted;
use crate::exchange::visible;

/// Everything an exchange is to fulfil; what is not named may be anything.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expectation {
    status: Option<Wanted>,
    #[serde(default)]
    headers: BTreeMap<String, Wanted>,
    body: Option<Wanted>,
    /// Keys of environ.
    #[serde(default)]
    reads: Vec<String>,
    callable: Option<Callable>,
    /// The type of what the application returned.
    iterable: Option<Wanted>,
    /// Blocks of the body that are not empty, at least.
    blocks: Option<usize>,
    streamed: Option<bool>,
    closed: Option<bool>,
    /// Calls of `start_response`.
    start_response: Option<usize>,
    /// Whether there is a Content-Length that is right.
    length: Option<bool>,
    /// The type of an exception; empty: none.
    raised: Option<String>,
    /// The message of an exception.
    message: Option<Wanted>,
    /// The slug of a mistake.
    mistake: Option<String>,
}

/// What kind of thing the application is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Callable {
    Function,
    Class,
    Instance,
}

impl Callable {
    /// As [`Seen::callable`] begins.
    fn word(self) -> &'static str {
        match self {
            Self::Function => "function",
            Self::Class => "class",
            Self::Instance => "instance",
        }
    }
}

/// What an exchange does not fulfil of an expectation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missed {
    /// What was expected, as a part of a sentence: `a body that contains 'Ada'`.
    pub expected: String,
    /// What there was instead, where that is not plain from the answer: `2 blocks`.
    pub instead: Option<String>,
}

impl Expectation {
    /// Whether it is about a mistake that the tutor names.
    pub fn names_mistake(&self) -> bool {
        self.mistake.is_some()
    }

    /// Whether it is about why there was no answer of the application's.
    pub fn names_cause(&self) -> bool {
        self.mistake.is_some() || self.raised.as_ref().is_some_and(|it| !it.is_empty())
    }

    /// The same with values put in.
    ///
    /// # Errors
    /// As [`Values::fill`].
    pub fn fill(&self, values: &Values) -> Result<Self, SpecError> {
        let one = |wanted: &Option<Wanted>| wanted.as_ref().map(|it| it.fill(values)).transpose();
        let headers = self.headers.iter();
        let headers = headers.map(|(name, it)| Ok((name.clone(), it.fill(values)?)));
        Ok(Self {
            status: one(&self.status)?,
            headers: headers.collect::<Result<_, SpecError>>()?,
            body: one(&self.body)?,
            iterable: one(&self.iterable)?,
            message: one(&self.message)?,
            ..self.clone()
        })
    }

    /// The keys of environ that are to be read.
    pub fn reads(&self) -> &[String] {
        &self.reads
    }

    /// The mistake that is to be named.
    pub fn mistake(&self) -> Option<&str> {
        self.mistake.as_deref()
    }

    /// Whether everything holds.
    pub fn holds(&self, seen: &Seen<'_>) -> bool {
        self.missed(seen).is_none()
    }

    /// What does not hold, if anything: of body and headers all of it, otherwise the first thing.
    pub fn missed(&self, seen: &Seen<'_>) -> Option<Missed> {
        self.missed_in_answer(seen)
            .or_else(|| self.missed_in_application(seen))
    }

    /// What a client can see: the status, or else all that does not hold, as one.
    fn missed_in_answer(&self, seen: &Seen<'_>) -> Option<Missed> {
        if let Some(wanted) = self.status.as_ref().filter(|it| !it.holds(seen.status())) {
            // Another answer than was meant: its body and headers are of no matter.
            return missed(format!("a status{wanted}"), None);
        }
        let mut all = Vec::new();
        let body = self.body.as_ref();
        if let Some(wanted) = body.filter(|it| !it.holds(Some(&seen.body()))) {
            all.extend(missed(format!("a body{wanted}"), None));
        }
        all.extend(self.missed_headers(seen));
        if self.length == Some(true) && !seen.has_right_length() {
            let instead = match seen.header("Content-Length") {
                Some(length) => format!(
                    "Content-Length says {}, and the application gave {} bytes",
                    visible(length),
                    seen.length_given()
                ),
                None => "no Content-Length".to_owned(),
            };
            let expected = "a Content-Length that says how many bytes the body has";
            all.extend(missed(expected, Some(instead)));
        }
        let expected: Vec<&str> = all.iter().map(|it| it.expected.as_str()).collect();
        let instead: Vec<&str> = all.iter().filter_map(|it| it.instead.as_deref()).collect();
        let joined = Missed {
            expected: expected.join("; "),
            instead: (!instead.is_empty()).then(|| instead.join("; ")),
        };
        (!all.is_empty()).then_some(joined)
    }

    fn missed_headers(&self, seen: &Seen<'_>) -> Vec<Missed> {
        let headers = self.headers.iter();
        let missing = headers.filter_map(|(name, wanted)| {
            let value = seen.header(name);
            if wanted.holds(value) {
                return None;
            }
            let name = visible(name);
            let instead = match value {
                Some(value) => format!("{name}: {}", visible(value)),
                None => format!("no {name}"),
            };
            let expected = if wanted.absent {
                format!("no header {name}")
            } else {
                format!("a header {name}{wanted}")
            };
            missed(expected, Some(instead))
        });
        missing.collect()
    }

    /// What only the record shows.
    fn missed_in_application(&self, seen: &Seen<'_>) -> Option<Missed> {
        if let Some(key) = self.reads.iter().find(|key| !seen.reads(key)) {
            return missed(
                format!("a line that reads environ['{}']", visible(key)),
                Some("no line that ran names it".to_owned()),
            );
        }
        if let Some(kind) = self.callable {
            let callable = seen.callable();
            if !callable.starts_with(kind.word()) {
                let article = if kind == Callable::Instance {
                    "an"
                } else {
                    "a"
                };
                return missed(
                    format!("{article} {} to be called", kind.word()),
                    Some(callable.to_owned()).filter(|it| !it.is_empty()),
                );
            }
        }
        if let Some(wanted) = self
            .iterable
            .as_ref()
            .filter(|it| !it.holds(seen.iterable()))
        {
            let instead = seen.iterable().map(visible);
            return missed(format!("an iterable of a type{wanted}"), instead);
        }
        if let Some(least) = self.blocks.filter(|&least| seen.blocks() < least) {
            let instead = count(seen.blocks(), "block");
            return missed(
                format!("a body of at least {}", count(least, "block")),
                Some(instead),
            );
        }
        if self
            .streamed
            .is_some_and(|streamed| seen.is_streamed() != streamed)
        {
            let expected = "the answer to be on its way before its last block is made";
            return missed(expected, None);
        }
        if self.closed.is_some_and(|closed| seen.is_closed() != closed) {
            return missed("the iterable's close() to be called", None);
        }
        if let Some(times) = self.start_response.filter(|&it| it != seen.started()) {
            return missed(
                format!("start_response to be called {}", count(times, "time")),
                Some(count(seen.started(), "time")),
            );
        }
        self.missed_in_trouble(seen)
    }

    fn missed_in_trouble(&self, seen: &Seen<'_>) -> Option<Missed> {
        if let Some(wanted) = &self.raised
            && seen.raised().unwrap_or_default() != wanted
        {
            let expected = match wanted.as_str() {
                "" => "no exception".to_owned(),
                name => format!("an exception of the type {}", visible(name)),
            };
            return missed(expected, None);
        }
        let message = self.message.as_ref();
        if let Some(wanted) = message.filter(|it| !it.holds(seen.message())) {
            return missed(format!("an exception with a message{wanted}"), None);
        }
        let slug = self.mistake.as_ref().filter(|slug| !seen.shows(slug))?;
        missed(format!("the mistake {}", visible(slug)), None)
    }
}

#[allow(
    clippy::unnecessary_wraps,
    reason = "it ends each function that looks for what was missed"
)]
fn missed(expected: impl Into<String>, instead: Option<String>) -> Option<Missed> {
    Some(Missed {
        expected: expected.into(),
        instead,
    })
}

fn count(number: usize, what: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {what}{plural}")
}

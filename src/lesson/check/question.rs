//! A question about what will happen. The answer that is right is the one that really happens.

use super::error::SpecError;
use super::expectation::Expectation;
use super::request::RequestSpec;
use super::seen::Seen;
use super::values::Values;
use crate::browser;

/// A question with its answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    pub asks: String,
    pub send: RequestSpec,
    pub why: String,
    pub answers: Vec<Answer>,
    /// The line it stands in, of its TOML file.
    pub line: usize,
}

/// One of the answers to choose from, and what would have to come for it to be right.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    pub text: String,
    /// What whoever chose it has overlooked, in Markdown; told where it is not right.
    #[serde(default)]
    pub why: String,
    pub expect: Expectation,
}

impl Question {
    /// The request that decides.
    ///
    /// # Errors
    /// When it cannot be sent.
    pub fn request(&self) -> Result<browser::Request, SpecError> {
        self.send.fill(&Values::default())
    }

    /// The places of the answers that are right for what came: one, if the lesson knows its
    /// application, and any number for an application the learner has changed.
    pub fn right(&self, seen: &Seen<'_>) -> Vec<usize> {
        let answers = self.answers.iter().enumerate();
        answers
            .filter(|(_, answer)| answer.expect.holds(seen))
            .map(|(place, _)| place)
            .collect()
    }
}

//! Where the learner is in a lesson: the step, what became of its checks, the hints that were
//! shown, a question that was answered, a mistake that was made on purpose. The screen and
//! `--plain` share it. Pure: it knows no file and no server.

mod checks;
mod guess;
mod place;

#[cfg(test)]
mod tests;

pub use checks::{CheckState, Done, Requested};
pub use guess::{Guess, GuessOutcome, QuestionOf};

use super::{Lesson, Step};

/// The learner's place in the lesson that is open.
#[derive(Debug, Clone, Default)]
pub struct Course {
    /// The place of the step; after the last one stands the lesson's end.
    pub step: usize,
    /// What became of each check of the step.
    pub marks: Vec<CheckState>,
    /// How many hints are shown.
    pub hints: usize,
    /// What was guessed, of the step's question or of a mistake.
    pub guess: Option<Guess>,
    /// Whether the step's question was asked since the step was opened.
    pub asked: bool,
    /// Whether the file is broken on purpose.
    pub broken: bool,
    /// Whether requests of the tutor's are on their way.
    pub running: bool,
    /// The number of the requests that were asked for last; what comes of earlier ones is too
    /// late.
    pub number: u64,
    /// The source that was there when checks were run last, or when the lesson was opened.
    pub known: String,
}

impl Course {
    /// The step that is open; `None` at the lesson's end.
    pub fn step_of<'a>(&self, lesson: &'a Lesson) -> Option<&'a Step> {
        lesson.steps.get(self.step)
    }

    /// The number for the next requests.
    fn ask(&mut self) -> u64 {
        self.number += 1;
        self.running = true;
        self.number
    }
}

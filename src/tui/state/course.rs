//! Where the learner is in a lesson: the step, what became of its checks, the hints that were
//! shown, a question that was answered, a mistake that was made on purpose. It changes by `update`
//! alone and knows no file and no server.

use crate::lesson::check::{Failure, Question, Verdict};
use crate::lesson::{Lesson, Step};

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

/// What became of a check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CheckState {
    Open,
    Passed,
    Failed(Failure),
}

impl CheckState {
    pub fn of(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Passed => Self::Passed,
            Verdict::Failed(failure) => Self::Failed(failure),
        }
    }
}

/// A guess at a question, and what came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guess {
    pub of: QuestionOf,
    /// The place of the answer that was chosen.
    pub chosen: usize,
    pub outcome: GuessOutcome,
    /// Whether the lesson's own application ran, in place of the learner's.
    pub lent: bool,
}

/// What a guess is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuestionOf {
    /// The question of the step.
    Step,
    /// The mistake at this place of the lesson's.
    Mistake(usize),
}

/// What became of a guess.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GuessOutcome {
    /// The request is on its way.
    Waiting,
    /// These answers are right, by what came.
    Came(Vec<usize>),
    /// Nothing came, and why.
    Nothing(String),
}

impl Course {
    /// The step that is open; `None` at the lesson's end.
    pub fn step_of<'a>(&self, lesson: &'a Lesson) -> Option<&'a Step> {
        lesson.steps.get(self.step)
    }

    /// The question a guess is about.
    pub fn question_of<'a>(&self, lesson: &'a Lesson, of: QuestionOf) -> Option<&'a Question> {
        match of {
            QuestionOf::Step => self.step_of(lesson)?.question.as_ref(),
            QuestionOf::Mistake(place) => Some(&lesson.mistakes.get(place)?.question),
        }
    }

    /// Whether every check of the step has passed, and there is one.
    pub fn all_passed(&self) -> bool {
        !self.marks.is_empty() && self.marks.iter().all(|mark| *mark == CheckState::Passed)
    }

    /// The number for the next requests.
    pub fn ask(&mut self) -> u64 {
        self.number += 1;
        self.running = true;
        self.number
    }
}

impl Guess {
    /// What was guessed, and is not yet known to be right or wrong.
    pub fn new(of: QuestionOf, chosen: usize) -> Self {
        Self {
            of,
            chosen,
            outcome: GuessOutcome::Waiting,
            lent: false,
        }
    }
}

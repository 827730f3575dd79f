//! Something to choose from: the answers of a question, the mistakes to make, whether to see the
//! solution, what becomes of a text that is not saved.

use crate::lesson::course::QuestionOf;

/// What is offered, and which of it is selected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub title: String,
    /// What is asked, in Markdown.
    pub asks: String,
    pub offers: Vec<Offer>,
    pub at: usize,
}

/// An option: how it reads, and what it decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    pub text: String,
    pub decision: Decision,
}

/// What follows when an option is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// Nothing: what was done before goes on.
    GoOn,
    /// An answer to a question, by its place.
    Guess {
        of: QuestionOf,
        answer: usize,
    },
    /// Make the mistake at this place of the lesson's.
    Mistake(usize),
    /// Go to this step of this lesson, both by their places.
    Step {
        lesson: usize,
        step: usize,
    },
    Hint,
    Solution,
    /// Save the text, then leave the editor, or the program.
    Save {
        quits: bool,
    },
    /// Keep the text as a copy, and leave the editor, or the program.
    Leave {
        quits: bool,
    },
    /// Save the text in place of the one that somebody else saved.
    SaveMine,
    /// Take the text that somebody else saved, and keep this one as a copy.
    TakeTheirs,
}

impl Offer {
    pub fn new(text: &str, decision: Decision) -> Self {
        Self {
            text: text.to_owned(),
            decision,
        }
    }
}

impl Choice {
    pub fn new(title: impl Into<String>, asks: impl Into<String>, offers: Vec<Offer>) -> Self {
        Self {
            title: title.into(),
            asks: asks.into(),
            offers,
            at: 0,
        }
    }

    /// What the selected option decides.
    pub fn decision(&self) -> Option<Decision> {
        self.offers.get(self.at).map(|offer| offer.decision)
    }

    /// Selects another option, around the ends.
    pub fn move_by(&mut self, by: isize) {
        let count = self.offers.len().max(1);
        let by = by.rem_euclid(count.cast_signed()).cast_unsigned();
        self.at = (self.at + by) % count;
    }

    /// Selects the option of this number, counted from 1; whether there is one.
    pub fn select(&mut self, number: usize) -> bool {
        let place = number.checked_sub(1);
        let place = place.filter(|&place| place < self.offers.len());
        self.at = place.unwrap_or(self.at);
        place.is_some()
    }
}

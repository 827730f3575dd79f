//! Something to choose from: the answers of a question, the mistakes to make, whether to see the
//! solution, what becomes of a text that is not saved.

use super::course::QuestionOf;

/// What is offered, and which of it is selected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub purpose: Purpose,
    pub title: String,
    /// What is asked, in Markdown.
    pub asks: String,
    pub options: Vec<String>,
    pub at: usize,
}

/// What a choice is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// An answer to a question.
    Guess(QuestionOf),
    /// A mistake to make.
    Mistake,
    /// Whether to see the solution.
    Solution,
    /// What becomes of a text that is not saved; then the editor is left, or the program.
    Unsaved { quits: bool },
    /// Which of two texts stays in the file.
    Clash,
}

impl Choice {
    /// Selects another option, around the ends.
    pub fn move_by(&mut self, by: isize) {
        let count = self.options.len().max(1);
        let by = by.rem_euclid(count.cast_signed()).cast_unsigned();
        self.at = (self.at + by) % count;
    }

    /// Selects the option of this number, counted from 1; whether there is one.
    pub fn select(&mut self, number: usize) -> bool {
        let place = number.checked_sub(1);
        let place = place.filter(|&place| place < self.options.len());
        self.at = place.unwrap_or(self.at);
        place.is_some()
    }
}

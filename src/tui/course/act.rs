//! What the keys ask for in a lesson, and what the lesson waits for.

use super::{Answered, Tried, judge, moves};
use crate::tui::message::Effect;
use crate::tui::model::{Model, Overlay};

/// What a key asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    Next,
    Previous,
    Check,
    Hint,
    Solution,
    TakeOver,
    Guess,
    Mistake,
    /// Take the selected option of a choice.
    Choose,
    /// Take the option of this number, counted from 1.
    Option(usize),
    NextOption,
    PreviousOption,
    /// The first words were read.
    Begin,
}

/// What came of something the lesson asked for.
#[derive(Debug)]
pub enum News {
    /// The requests of the step's checks were answered.
    Checked { number: u64, tried: Vec<Tried> },
    /// The request that answers a question was answered, or why it was not.
    Came {
        number: u64,
        came: Box<Result<Answered, String>>,
    },
    /// A mistake was made in the file; `lent` when it is the lesson's own that is broken.
    Broken { lent: bool },
    /// The file is as it was before the mistake.
    PutBack,
}

/// Does what a key asks for.
pub fn act(model: &mut Model, step: Move) -> Vec<Effect> {
    match step {
        Move::Next => return moves::next(model),
        Move::Previous => return moves::previous(model),
        Move::Check => return judge::run_checks(model),
        Move::Hint => moves::hint(model),
        Move::Solution => moves::solution(model),
        Move::TakeOver => return moves::take_over(model),
        Move::Guess => moves::guess(model),
        Move::Mistake => return moves::break_or_put_back(model),
        Move::Choose => return moves::choose(model),
        Move::Option(number) => {
            if let Some(Overlay::Choice(choice)) = &mut model.overlay
                && choice.select(number)
            {
                return moves::choose(model);
            }
        }
        Move::NextOption => move_choice(model, 1),
        Move::PreviousOption => move_choice(model, -1),
        Move::Begin => {
            model.overlay = None;
            return moves::welcomed(model);
        }
    }
    Vec::new()
}

fn move_choice(model: &mut Model, by: isize) {
    if let Some(Overlay::Choice(choice)) = &mut model.overlay {
        choice.move_by(by);
    }
}

/// Takes in what came.
pub fn take(model: &mut Model, news: News) -> Vec<Effect> {
    match news {
        News::Checked { number, tried } => return judge::checked(model, number, &tried),
        News::Came { number, came } => judge::came(model, number, &came),
        News::Broken { lent } => moves::was_broken(model, lent),
        News::PutBack => moves::put_back(model),
    }
    Vec::new()
}

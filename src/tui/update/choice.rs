//! Takes what was chosen.

use super::editor::saving;
use super::lesson::{self, guess};
use crate::lesson::course::QuestionOf;
use crate::tui::action::ChoiceAction;
use crate::tui::effect::Effect;
use crate::tui::state::choice::Decision;
use crate::tui::state::model::{Model, Overlay};

/// Does what a key asks for.
pub fn act(model: &mut Model, action: ChoiceAction) -> Vec<Effect> {
    let Some(Overlay::Choice(choice)) = &mut model.overlay else {
        return Vec::new();
    };
    let chosen = match action {
        ChoiceAction::Choose => true,
        ChoiceAction::Option(number) => choice.select(number),
        ChoiceAction::Next => {
            choice.move_by(1);
            false
        }
        ChoiceAction::Previous => {
            choice.move_by(-1);
            false
        }
    };
    let decision = choice.decision();
    if !chosen {
        return Vec::new();
    }
    model.overlay = None;
    decision.map_or_else(Vec::new, |decision| decide(model, decision))
}

fn decide(model: &mut Model, decision: Decision) -> Vec<Effect> {
    match decision {
        Decision::GoOn => {}
        Decision::Guess { of, answer } => return guess::answer(model, of, answer),
        Decision::Mistake(place) => guess::ask(model, QuestionOf::Mistake(place)),
        Decision::Step { lesson, step } => return lesson::go_to(model, lesson, step),
        Decision::Hint => return lesson::hint(model),
        Decision::Solution => return lesson::show_solution(model),
        Decision::Save { quits } => return saving::save_and_leave(model, quits),
        Decision::Leave { quits } => return saving::keep_copy(model, true, quits),
        Decision::SaveMine => return saving::save_mine(model),
        Decision::TakeTheirs => return saving::keep_copy(model, false, false),
    }
    Vec::new()
}

//! The exchanges: what happens in them, which mistakes are found, and which one is shown.

use super::lesson::checks;
use super::scroll::{moved, show_new_trouble, show_row};
use super::shown::{follow, show_shown, shown_another};
use crate::diagnosis::Findings;
use crate::exchange::{Event, EventKind, ExchangeId};
use crate::tui::action::HistoryAction;
use crate::tui::effect::Effect;
use crate::tui::state::model::{Comparison, Model, Overlay};
use crate::tui::state::panes::Pane;
use crate::tui::state::requests;

/// Does what a key asks for.
pub fn act(model: &mut Model, action: HistoryAction) {
    match action {
        HistoryAction::Compare => compare(model),
        HistoryAction::Fold => fold(model),
        HistoryAction::FollowLatest => {
            model.zoomed = false;
            model.session.chosen = None;
            model.session.failed = None;
            model.session.playback = None;
            follow(model);
        }
    }
}

/// Takes an event.
pub fn happened(model: &mut Model, id: ExchangeId, event: Event) -> Vec<Effect> {
    let finished = event.kind == EventKind::Finished;
    let is_new = model
        .session
        .history
        .latest()
        .is_none_or(|latest| latest.id < id);
    if is_new {
        model.session.reading = false;
        model.session.failed = None;
    }
    let forgotten = model.session.history.record(id, event);
    if forgotten > 0 {
        let oldest = model
            .session
            .history
            .at(0)
            .map_or(id, |exchange| exchange.id);
        model.session.diagnoses = model.session.diagnoses.split_off(&oldest);
        // What is left of the list has moved up.
        let scroll = model
            .session
            .scroll
            .of(Pane::Requests)
            .saturating_sub(forgotten);
        model.session.scroll.set(Pane::Requests, scroll);
        if model
            .session
            .chosen
            .is_some_and(|chosen| model.session.history.get(chosen).is_none())
        {
            model.session.chosen = None;
            model.session.playback = None;
            follow(model);
        }
    }
    if model.session.chosen.is_none() && is_new {
        follow(model);
    }
    if finished && model.exchange().is_some_and(|exchange| exchange.id == id) {
        show_new_trouble(model);
    }
    if finished {
        return vec![Effect::Diagnose(id)];
    }
    Vec::new()
}

/// Takes the mistakes of a finished exchange.
pub fn diagnosed(model: &mut Model, id: ExchangeId, findings: Findings) -> Vec<Effect> {
    // It may have been forgotten by now.
    if model.session.history.get(id).is_none() {
        return Vec::new();
    }
    if findings.unfinished && !std::mem::replace(&mut model.session.incomplete_reported, true) {
        model.notice = Some(
            "Some of this source could not be analysed: mistakes may have been missed.".to_owned(),
        );
    }
    if !findings.diagnoses.is_empty() {
        model.session.diagnoses.insert(id, findings.diagnoses);
    }
    if model.exchange().is_some_and(|exchange| exchange.id == id) {
        show_new_trouble(model);
    }
    checks::judge_own_exchange(model, id)
}

/// Chooses an exchange; choosing the last one follows the latest again.
pub fn choose(model: &mut Model, by: isize) {
    let rows = requests::rows(model);
    let last = rows.len().saturating_sub(1);
    let row = moved(requests::row_shown(model, &rows), by, last);
    model.session.playback = None;
    let place = rows.get(row).map(|row| row.place);
    let chosen = place.filter(|_| row < last);
    let chosen = chosen.and_then(|place| model.session.history.at(place));
    model.session.chosen = chosen.map(|exchange| exchange.id);
    model.session.failed = None;
    shown_another(model);
    show_row(model, Pane::Requests, row);
}

/// Gives each check of the tutor's a row, or one to those that follow one another.
fn fold(model: &mut Model) {
    model.unfolded = !model.unfolded;
    show_shown(model);
}

/// Marks the request that is shown; with another one marked, shows what differs.
fn compare(model: &mut Model) {
    let Some(shown) = model.exchange().map(|exchange| exchange.id) else {
        return;
    };
    let marked = model
        .session
        .marked
        .filter(|&id| model.session.history.get(id).is_some());
    match marked {
        Some(marked) if marked != shown => {
            model.overlay = Some(Overlay::Compare(Comparison {
                left: marked,
                right: shown,
                scroll: 0,
            }));
        }
        Some(_) => {
            model.session.marked = None;
            model.notice = Some(format!("#{shown} is no longer marked"));
        }
        None => {
            model.session.marked = Some(shown);
            model.notice = Some(format!(
                "#{shown} is marked; d on another request shows what differs"
            ));
        }
    }
}

//! Saves the text that is edited, and asks what to do where something could be lost.

use super::super::lesson::checks;
use super::draft::{all_saved, keep_draft};
use super::text::changed;
use crate::tui::effect::Effect;
use crate::tui::state::choice::{Choice, Decision, Offer};
use crate::tui::state::editor::Leaving;
use crate::tui::state::model::{Model, Overlay};

/// An option of both questions.
const GO_ON: &str = "Keep editing";

/// Saves the text, unless somebody else saved the file meanwhile.
pub fn save(model: &mut Model) -> Vec<Effect> {
    saving(model, false)
}

/// Saves the text, and leaves the editor, or the program, once it is saved.
pub fn save_and_leave(model: &mut Model, quits: bool) -> Vec<Effect> {
    if let Some(editing) = &mut model.session.editor {
        editing.leaving = Some(Leaving { quits });
    }
    saving(model, false)
}

/// Saves the text over the one that somebody else saved.
pub fn save_mine(model: &mut Model) -> Vec<Effect> {
    saving(model, true)
}

fn saving(model: &mut Model, over: bool) -> Vec<Effect> {
    let Some(editing) = &model.session.editor else {
        return Vec::new();
    };
    if !editing.is_unsaved() && !over {
        model.notice = Some("Nothing to save: the file has this text already.".to_owned());
        // Whoever saves wants to know whether it passes.
        return checks::run_checks(model);
    }
    vec![Effect::SaveText {
        file: editing.file.clone(),
        text: editing.whole(),
        base: editing.base.clone(),
        over,
    }]
}

/// The text is in the file.
pub fn saved(model: &mut Model, text: String) -> Vec<Effect> {
    let Some(editing) = &mut model.session.editor else {
        return Vec::new();
    };
    editing.base = text;
    let unsaved = editing.is_unsaved();
    let draft = keep_draft(editing);
    model.notice = Some("saved".to_owned());
    match editing.leaving.take() {
        _ if unsaved => vec![draft],
        None => vec![draft],
        Some(leaving) => {
            model.session.editor = None;
            model.notice = None;
            let quit = leaving.quits.then_some(Effect::Quit);
            [draft].into_iter().chain(quit).collect()
        }
    }
}

/// Nothing follows once the text is saved.
fn stay(model: &mut Model) {
    if let Some(editing) = &mut model.session.editor {
        editing.leaving = None;
    }
}

/// Leaves the editor; asks first where something is not saved.
pub fn leave(model: &mut Model) -> Vec<Effect> {
    if model.session.is_unsaved() {
        ask_unsaved(model, false);
        return Vec::new();
    }
    model.session.editor.take().iter().map(all_saved).collect()
}

/// Ends the program; asks first where something is not saved.
pub fn quit(model: &mut Model) -> Vec<Effect> {
    if model.session.is_unsaved() {
        ask_unsaved(model, true);
        return Vec::new();
    }
    vec![Effect::Quit]
}

fn ask_unsaved(model: &mut Model, quits: bool) {
    let leave = if quits {
        "Quit; what is not saved is kept as a separate copy"
    } else {
        "Leave; what is not saved is kept as a separate copy"
    };
    model.overlay = Some(Overlay::Choice(Choice::new(
        "Not saved",
        "Your changes are not in the file yet.",
        vec![
            Offer::new(
                if quits { "Save it and quit" } else { "Save it" },
                Decision::Save { quits },
            ),
            Offer::new(GO_ON, Decision::GoOn),
            Offer::new(leave, Decision::Leave { quits }),
        ],
    )));
}

/// The file may have been changed by somebody else.
pub fn read_again(model: &Model) -> Option<Effect> {
    let editing = model.session.editor.as_ref()?;
    Some(Effect::ReadAgain(editing.file.clone()))
}

/// What stands in the file now.
pub fn reread(model: &mut Model, text: String) -> Vec<Effect> {
    let Some(editing) = &mut model.session.editor else {
        return Vec::new();
    };
    if text == editing.base {
        return Vec::new();
    }
    if editing.is(&text) {
        editing.base = text;
        return vec![all_saved(editing)];
    }
    if editing.is_unsaved() {
        model.notice = Some(
            "The file was changed elsewhere. Saving will ask which version to keep.".to_owned(),
        );
        return Vec::new();
    }
    editing.replace(&text);
    editing.base = text;
    changed(model, true)
}

/// Another text stands in the file than the one that was edited: asks what to do.
pub fn clash(model: &mut Model) {
    stay(model);
    model.overlay = Some(Overlay::Choice(Choice::new(
        "The file was changed elsewhere",
        "It was saved since you began, perhaps by you in another editor. Nothing is lost either way.",
        vec![
            Offer::new(GO_ON, Decision::GoOn),
            Offer::new("Save mine; keep a copy of the other", Decision::SaveMine),
            Offer::new("Take the other; keep a copy of mine", Decision::TakeTheirs),
        ],
    )));
}

/// Keeps the text as a copy; then the editor is left, and perhaps the program.
pub fn keep_copy(model: &Model, leaves: bool, quits: bool) -> Vec<Effect> {
    let editing = model.session.editor.as_ref();
    let keep = editing.map(|editing| Effect::KeepText {
        file: editing.file.clone(),
        text: editing.whole(),
        leaves,
        quits,
    });
    keep.into_iter().collect()
}

/// The text that was not saved is kept in a file of its own.
pub fn copy_kept(model: &mut Model, kept: &str, leaves: bool, quits: bool) -> Vec<Effect> {
    let Some(editing) = &mut model.session.editor else {
        return Vec::new();
    };
    model.notice = Some(format!("your unsaved text is kept as {kept}"));
    let draft = all_saved(editing);
    let file = editing.file.clone();
    let next = if leaves {
        model.session.editor = None;
        quits.then_some(Effect::Quit)
    } else {
        // What the file holds takes its place.
        editing.base = editing.whole();
        Some(Effect::ReadAgain(file))
    };
    [draft].into_iter().chain(next).collect()
}

/// The text could not be saved, and why.
pub fn not_saved(model: &mut Model, why: String) {
    stay(model);
    model.notice = Some(why);
}

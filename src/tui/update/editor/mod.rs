//! The editor: begins with a file, passes keys to its text, and saves it.

pub mod cursor;
mod draft;
pub mod saving;
pub mod text;

use std::path::PathBuf;

use super::export;
use super::lesson::guess::ask_first;
use crate::lesson::Draft;
use crate::tui::action::EditorAction;
use crate::tui::content::{lesson, shown_file, source};
use crate::tui::effect::Effect;
use crate::tui::message::EditorMessage;
use crate::tui::state::Model;
use crate::tui::state::editor::EditorState;
use crate::tui::state::panes::Pane;
use cursor::follow_cursor;

/// Does what a key asks for.
pub fn act(model: &mut Model, action: EditorAction) -> Vec<Effect> {
    match action {
        EditorAction::Begin => begin(model),
        EditorAction::OpenExternal => open_external(model),
        EditorAction::Save => saving::save(model),
        EditorAction::Undo => text::undo(model, false),
        EditorAction::Redo => text::undo(model, true),
        EditorAction::SelectAll => {
            if let Some(editing) = &mut model.session.editor {
                editing.text.select_all();
            }
            Vec::new()
        }
        EditorAction::Copy => copy(model),
        EditorAction::Leave => saving::leave(model),
    }
}

/// Takes in what came.
pub fn take(model: &mut Model, message: EditorMessage) -> Vec<Effect> {
    match message {
        EditorMessage::Begun { file, text, draft } => return begun(model, file, text, draft),
        EditorMessage::Saved(text) => return saving::saved(model, text),
        EditorMessage::Clash => saving::clash(model),
        EditorMessage::NotSaved(why) => saving::not_saved(model, why),
        EditorMessage::ReadAgain(text) => return saving::reread(model, text),
        EditorMessage::Kept {
            kept,
            leaves,
            quits,
        } => return saving::copy_kept(model, &kept, leaves, quits),
    }
    Vec::new()
}

/// Edits the application's file here; again, where it is being edited already.
fn begin(model: &mut Model) -> Vec<Effect> {
    if model.session.editor.is_some() {
        show(model);
        return Vec::new();
    }
    if ask_first(model) {
        return Vec::new();
    }
    let file = shown_file::path(model);
    file.map(Effect::BeginEditing).into_iter().collect()
}

fn show(model: &mut Model) {
    model.session.focus = Pane::Source;
    model.session.upper = Pane::Source;
    // The file is shown as it is now.
    model.session.playback = None;
}

/// The file was read, and with it a text that was never saved, if there is one.
fn begun(model: &mut Model, file: PathBuf, text: String, draft: Option<Draft>) -> Vec<Effect> {
    // Something else may have been opened meanwhile.
    if shown_file::path(model).as_ref() != Some(&file) {
        return Vec::new();
    }
    let mut editing = EditorState::new(file, text);
    let line = model.session.scroll.of(Pane::Source);
    let trouble = model.session.opened.as_ref();
    let trouble = trouble.and_then(|opened| source::trouble_line(model, opened));
    editing.jump(trouble.map_or(line, |line| line - 1), 0);
    if let Some(draft) = draft.filter(|draft| draft.text != editing.base) {
        model.notice = Some(restore(&mut editing, draft).to_owned());
    }
    let colours = Effect::HighlightEdited(editing.plain());
    model.session.editor = Some(editing);
    show(model);
    if !lesson::has_results(model) {
        // What there is to do, and not where the text was left.
        model.session.scroll.set(Pane::Lesson, 0);
    }
    follow_cursor(model);
    vec![colours]
}

/// Puts a text from last time in, and gives what to say of it. Saving compares the file with what
/// the text was made from, as if the program had never ended.
fn restore(editing: &mut EditorState, draft: Draft) -> &'static str {
    editing.replace(&draft.text);
    let base = draft.base.unwrap_or_default();
    let is_newer = base != editing.base;
    editing.base = base;
    if is_newer {
        "Unsaved text from last time; the file has changed since, so saving will ask."
    } else {
        "This is your unsaved text from last time. ctrl-z goes back to the file."
    }
}

/// Copies what is selected. Who presses ctrl-c to end the program has nothing selected.
fn copy(model: &mut Model) -> Vec<Effect> {
    let editing = model.session.editor.as_mut();
    let Some(editing) = editing.filter(|it| it.text.selection_range().is_some()) else {
        model.notice = Some("Nothing is selected. ctrl-q quits, esc leaves the editor.".to_owned());
        return Vec::new();
    };
    editing.text.copy();
    let text = editing.text.yank_text();
    export::copy_text(model, "the selection", text)
}

/// Opens the learner's own editor on the file that is shown.
fn open_external(model: &mut Model) -> Vec<Effect> {
    let Some(editing) = &model.session.editor else {
        let file = shown_file::path(model);
        return file.map(Effect::Edit).into_iter().collect();
    };
    if editing.is_unsaved() {
        model.notice = Some("Save first, with ctrl-s: your own editor reads the file.".to_owned());
        return Vec::new();
    }
    vec![Effect::Edit(editing.file.clone())]
}

//! What the keys do to the text that is edited.

use crossterm::event::KeyEvent;

use super::cursor::follow_cursor;
use super::draft::keep_draft;
use crate::tui::content::layout::source_size;
use crate::tui::effect::Effect;
use crate::tui::state::Model;

/// A key that is no command of the editor's.
pub fn input(model: &mut Model, key: KeyEvent) -> Vec<Effect> {
    let (_, page) = source_size(model);
    let Some(editing) = &mut model.session.editor else {
        return Vec::new();
    };
    let is_changed = editing.input(key, page);
    changed(model, is_changed)
}

/// Undoes a change, or does it again.
pub fn undo(model: &mut Model, again: bool) -> Vec<Effect> {
    let Some(editing) = &mut model.session.editor else {
        return Vec::new();
    };
    let is_changed = if again {
        editing.redo()
    } else {
        editing.undo()
    };
    changed(model, is_changed)
}

/// Text that was pasted: its lines, without what cannot stand in a source.
pub fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    let Some(editing) = &mut model.session.editor else {
        return Vec::new();
    };
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    // Python wants one kind of indentation in a file.
    let tabs = editing
        .text
        .lines()
        .iter()
        .any(|line| line.starts_with('\t'));
    let text = if tabs {
        text
    } else {
        text.replace('\t', "    ")
    };
    let plain = |letter: &char| matches!(letter, '\n' | '\t') || !letter.is_control();
    let text: String = text.chars().filter(plain).collect();
    let is_changed = editing.text.insert_str(text);
    changed(model, is_changed)
}

/// After a key: the cursor is seen, and a changed text gets colours and is kept safe.
pub fn changed(model: &mut Model, is_changed: bool) -> Vec<Effect> {
    follow_cursor(model);
    let Some(editing) = model.session.editor.as_ref().filter(|_| is_changed) else {
        return Vec::new();
    };
    vec![
        Effect::HighlightEdited(editing.plain()),
        keep_draft(editing),
    ]
}

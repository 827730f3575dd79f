//! What the keys do to the text that is edited.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::cursor::follow_cursor;
use crate::tui::content::layout::source_size;
use crate::tui::effect::Effect;
use crate::tui::state::Model;
use crate::tui::state::editor::EditorState;

/// A key that is no command of the editor's.
pub fn input(model: &mut Model, key: KeyEvent) -> Vec<Effect> {
    let (_, page) = source_size(model);
    let Some(editing) = &mut model.session.editor else {
        return Vec::new();
    };
    let is_changed = match (key.code, key.modifiers) {
        (KeyCode::Enter, _) => editing.new_line(),
        (KeyCode::Tab, _) => editing.tab(),
        (KeyCode::BackTab, _) => editing.tab_back(),
        (KeyCode::Backspace, KeyModifiers::NONE) if editing.delete_level() => true,
        (KeyCode::Home, KeyModifiers::NONE) => {
            editing.text.cancel_selection();
            editing.home();
            false
        }
        (KeyCode::PageUp, _) => {
            move_by_page(editing, -1, page);
            false
        }
        (KeyCode::PageDown, _) => {
            move_by_page(editing, 1, page);
            false
        }
        _ => editing.text.input(key),
    };
    changed(model, is_changed)
}

fn move_by_page(editing: &mut EditorState, pages: isize, page: usize) {
    let (row, column) = editing.cursor();
    let rows = page.saturating_sub(1).max(1).cast_signed() * pages;
    editing.text.cancel_selection();
    editing.jump(row.saturating_add_signed(rows), column);
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
        Effect::KeepDraft {
            file: editing.file.clone(),
            text: editing.unsaved(),
        },
    ]
}

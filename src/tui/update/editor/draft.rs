//! Keeps what is not saved where it survives a crash.

use crate::tui::effect::Effect;
use crate::tui::state::editor::EditorState;

/// Keeps what is not saved of the text that is edited.
pub fn keep_draft(editing: &EditorState) -> Effect {
    Effect::KeepDraft {
        file: editing.file.clone(),
        draft: editing.draft(),
    }
}

/// There is nothing left that a draft would have to keep.
pub fn all_saved(editing: &EditorState) -> Effect {
    Effect::KeepDraft {
        file: editing.file.clone(),
        draft: None,
    }
}

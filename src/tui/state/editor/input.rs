//! The keys that change the text, or move in it.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::EditorState;

impl EditorState {
    /// Takes a key, with so many rows to a page; whether it may have changed the text.
    pub fn input(&mut self, key: KeyEvent, page: usize) -> bool {
        match (key.code, key.modifiers) {
            (KeyCode::Enter, _) => self.new_line(),
            (KeyCode::Tab, _) => self.tab(),
            (KeyCode::BackTab, _) => self.tab_back(),
            (KeyCode::Backspace, KeyModifiers::NONE) if self.delete_level() => true,
            (KeyCode::Home, KeyModifiers::NONE) => {
                self.text.cancel_selection();
                self.home();
                false
            }
            (KeyCode::PageUp, _) => self.move_by_page(-1, page),
            (KeyCode::PageDown, _) => self.move_by_page(1, page),
            _ => {
                // Pasting nothing over what is selected deletes it, and the text area says that
                // nothing changed.
                let selects = self.text.selection_range().is_some();
                self.text.input(key) || selects
            }
        }
    }

    fn move_by_page(&mut self, pages: isize, page: usize) -> bool {
        let (row, column) = self.cursor();
        let rows = page.saturating_sub(1).max(1).cast_signed() * pages;
        self.text.cancel_selection();
        self.jump(row.saturating_add_signed(rows), column);
        false
    }
}

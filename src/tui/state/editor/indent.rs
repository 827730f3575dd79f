//! How far Python's lines are indented: the keys that begin a line, and those that move it. Each
//! says whether it changed the text.

use ratatui_textarea::CursorMove;

use super::EditorState;

/// Columns of a level.
const LEVEL: usize = 4;

impl EditorState {
    /// Begins a line as far in as this one, and a level further after a colon.
    pub fn new_line(&mut self) -> bool {
        let (_, column) = self.cursor();
        let before: String = self.line().chars().take(column).collect();
        let code = before.split('#').next().unwrap_or_default().trim_end();
        let deeper = code.ends_with(':');
        let indent: String = before.chars().take_while(|it| it.is_whitespace()).collect();
        let more = match deeper {
            true if indent.contains('\t') => "\t".to_owned(),
            true => " ".repeat(LEVEL),
            false => String::new(),
        };
        self.text.insert_str(format!("\n{indent}{more}"))
    }

    /// Spaces to the next level.
    pub fn tab(&mut self) -> bool {
        let (_, column) = self.cursor();
        self.text.insert_str(" ".repeat(LEVEL - column % LEVEL))
    }

    /// Takes a level away from the line.
    pub fn tab_back(&mut self) -> bool {
        let (row, column) = self.cursor();
        let spaces = self.line().chars().take_while(|it| *it == ' ').count();
        let less = match spaces % LEVEL {
            _ if spaces == 0 => return false,
            0 => LEVEL,
            rest => rest,
        };
        self.text.cancel_selection();
        self.text.move_cursor(CursorMove::Head);
        let is_changed = self.text.delete_str(less);
        self.jump(row, column.saturating_sub(less));
        is_changed
    }

    /// Deletes back to the level before, where only spaces stand before the cursor; whether it did.
    pub fn delete_level(&mut self) -> bool {
        let (row, column) = self.cursor();
        let only_spaces = self.line().chars().take(column).all(|it| it == ' ');
        if column < 2 || !only_spaces || self.text.selection_range().is_some() {
            return false;
        }
        let less = (column - 1) % LEVEL + 1;
        self.jump(row, column - less);
        self.text.delete_str(less)
    }

    /// To the first letter of the line, and from there to its very beginning.
    pub fn home(&mut self) {
        let (row, column) = self.cursor();
        let first = self.line().chars().take_while(|it| *it == ' ').count();
        self.jump(row, if column == first { 0 } else { first });
    }
}

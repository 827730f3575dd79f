//! Keeps the cursor of the editor in view.

use crate::tui::content::layout::source_size;
use crate::tui::state::Model;
use crate::tui::state::editor::columns;
use crate::tui::state::panes::Pane;

/// The first line that is shown, if the cursor is seen below it.
pub fn cursor_in_view(model: &Model) -> Option<usize> {
    let editing = model.session.editor.as_ref()?;
    let (width, rows) = source_size(model);
    let top = model.session.scroll.of(Pane::Source);
    let (row, _) = editing.cursor();
    let seen = (top..top + rows).contains(&row);
    let columns = editing.left..editing.left + width.max(1);
    (seen && columns.contains(&editing.cursor_column())).then_some(top)
}

/// A notice, say, has made the pane smaller: a cursor that was seen stays in view. Whoever scrolled
/// away from it is left there.
pub fn keep_in_view(model: &mut Model, before: Option<usize>) {
    let scrolled = before != Some(model.session.scroll.of(Pane::Source));
    if !scrolled && cursor_in_view(model).is_none() {
        follow_cursor(model);
    }
}

/// Scrolls so that the cursor is seen.
pub fn follow_cursor(model: &mut Model) {
    let (width, visible) = source_size(model);
    let width = width.max(1);
    let Some(editing) = &mut model.session.editor else {
        return;
    };
    let (row, _) = editing.cursor();
    let top = model.session.scroll.of(Pane::Source);
    let top = if row < top {
        row
    } else if row >= top + visible {
        row + 1 - visible.max(1)
    } else {
        top
    };
    model.session.scroll.set(Pane::Source, top);
    let at = editing.cursor_column();
    // Back to the margin as soon as the cursor is seen there: indentation must not be hidden.
    if at < width {
        editing.left = 0;
    } else if at < editing.left {
        editing.left = at;
    } else if at >= editing.left + width {
        editing.left = at + 1 - width;
    }
}

/// The mouse was pressed in this row and column of the pane.
pub fn clicked(model: &mut Model, row: usize, column: usize) {
    let Some(editing) = &mut model.session.editor else {
        return;
    };
    let line = editing.text.lines().get(row).map_or("", String::as_str);
    let mut passed = 0;
    let at = line.chars().take_while(|letter| {
        passed += columns(*letter);
        passed <= column + editing.left
    });
    let at = at.count();
    editing.text.cancel_selection();
    editing.jump(row, at);
}

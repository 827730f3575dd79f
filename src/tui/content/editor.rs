//! The file while it is edited, with its colours, the cursor and what is selected.

use std::ops::Range;

use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use super::layout::GUTTER;
use super::{mistake, trouble};
use crate::exchange::visible;
use crate::tui::highlight::LineTokens;
use crate::tui::state::editor::{EditorState, columns};
use crate::tui::state::model::Model;
use crate::tui::state::panes::Pane;
use crate::tui::theme::Role;

/// These lines of the text.
pub fn lines(
    model: &Model,
    editing: &EditorState,
    width: usize,
    shown: &Range<usize>,
) -> Vec<Line<'static>> {
    let trouble = model.session.opened.as_ref();
    let trouble = trouble.and_then(|opened| trouble::trouble(model, opened));
    let wrong = trouble.filter(|_| !editing.is_unsaved());
    let texts = editing.text.lines().iter().enumerate();
    texts
        .skip(shown.start)
        .take(shown.len())
        .map(|(row, text)| {
            let wrong = wrong.as_ref().filter(|it| it.line == row + 1);
            let (mark, role) = match wrong {
                Some(wrong) => (mistake::sign(wrong.severity), mistake::role(wrong.severity)),
                None => (' ', Role::Dim),
            };
            let number = format!("{mark}{:>3} ", row + 1);
            let mut line = Line::from(Span::styled(number, model.theme.style(role)));
            let room = width.saturating_sub(GUTTER);
            line.extend(cells(model, editing, row, text, room));
            line
        })
        .collect()
}

/// The part of a line that is seen.
fn cells(
    model: &Model,
    editing: &EditorState,
    row: usize,
    text: &str,
    room: usize,
) -> Vec<Span<'static>> {
    let tokens = tokens(editing, row, text);
    let cursor = editing.cursor();
    let selected = editing.text.selection_range();
    let mut spans: Vec<Span<'static>> = Vec::new();
    let mut column = 0;
    // Behind the last letter the cursor may stand, too.
    let letters = text.char_indices().chain([(text.len(), ' ')]);
    for (at, (byte, letter)) in letters.enumerate() {
        if byte == text.len() && cursor != (row, at) {
            break;
        }
        let shown = visible(&letter.to_string());
        let columns = columns(letter);
        let from = column;
        column += columns;
        if from < editing.left || column > editing.left + room {
            continue;
        }
        let token =
            tokens.and_then(|tokens| tokens.iter().find(|(place, _)| place.contains(&byte)));
        let role = token.map_or(Role::Plain, |(_, token)| Role::Token(*token));
        let in_selection = selected.is_some_and(|(from, to)| (from..to).contains(&(row, at)));
        let marked = in_selection || (cursor == (row, at) && model.session.focus == Pane::Source);
        let style = if marked {
            Style::new().add_modifier(Modifier::REVERSED)
        } else {
            model.theme.style(role)
        };
        match spans.last_mut() {
            Some(last) if last.style == style => last.content.to_mut().push_str(&shown),
            _ => spans.push(Span::styled(shown, style)),
        }
    }
    spans
}

/// The colours of a line, as long as they are those of this text.
fn tokens<'a>(editing: &'a EditorState, row: usize, text: &str) -> Option<&'a LineTokens> {
    let (lines, tokens) = editing.colours.as_ref()?;
    // A line that moved up or down keeps its colours until all are found anew.
    let near = [row, row.wrapping_sub(1), row + 1];
    let place = near
        .into_iter()
        .find(|&place| lines.get(place).is_some_and(|line| line == text))?;
    tokens.get(place)
}

//! The solution of a step, as what differs between it and the learner's file.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;
use similar::{ChangeTag, TextDiff};

use super::popup;
use crate::exchange::visible;
use crate::tui::state::model::Model;
use crate::tui::text::cut;
use crate::tui::theme::Role;

const WIDTH: u16 = 84;

pub fn draw(model: &Model, scroll: usize, frame: &mut Frame<'_>, area: Rect) {
    let columns = WIDTH.min(area.width.saturating_sub(2));
    let lines = lines(model, usize::from(columns).saturating_sub(4));
    let title = "The solution, beside your file";
    popup::draw(model, title, lines, (columns, scroll), frame, area);
}

/// How far it can be scrolled.
pub fn furthest(model: &Model) -> usize {
    let (_, rows) = model.size;
    let total = lines(model, usize::from(WIDTH)).len();
    total.saturating_sub(popup::room(rows))
}

fn lines(model: &Model, width: usize) -> Vec<Line<'static>> {
    let style = |role| model.theme.style(role);
    let step = model
        .course()
        .and_then(|course| course.step_of(model.teaching()?));
    let solution = step.and_then(|step| step.solution.as_deref());
    let (Some(solution), Some(opened)) = (solution, &model.opened) else {
        return Vec::new();
    };
    if opened.source == solution {
        return vec![
            Line::default(),
            Line::styled(" Your file is the same as the solution.", style(Role::Good)),
            Line::default(),
        ];
    }
    let mut lines = vec![
        Line::styled(
            cut(
                " - only in your file   + only in the solution: one way of many",
                width + 2,
            ),
            style(Role::Dim),
        ),
        Line::default(),
    ];
    let difference = TextDiff::from_lines(opened.source.as_str(), solution);
    for change in difference.iter_all_changes() {
        let (sign, role) = match change.tag() {
            ChangeTag::Delete => ('-', Role::Bad),
            ChangeTag::Insert => ('+', Role::Good),
            ChangeTag::Equal => (' ', Role::Dim),
        };
        let text = visible(change.value().trim_end_matches(['\r', '\n']));
        let text = cut(&format!(" {sign} {text}"), width + 2);
        lines.push(Line::styled(text, style(role)));
    }
    lines
}

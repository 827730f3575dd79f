//! The solution of a step, as what differs between it and the learner's file.

use ratatui::text::Line;
use similar::{ChangeTag, TextDiff};

use super::popup::Popup;
use crate::exchange::visible;
use crate::tui::state::model::Model;
use crate::tui::text::cut;
use crate::tui::theme::Role;

const WIDTH: u16 = 84;

/// The solution, on a screen of so many columns.
pub fn popup(model: &Model, scroll: usize, columns: u16) -> Popup {
    let columns = WIDTH.min(columns.saturating_sub(2));
    Popup {
        title: "The solution, beside your file".to_owned(),
        lines: lines(model, usize::from(columns).saturating_sub(4)),
        columns,
        scroll,
    }
}

fn lines(model: &Model, width: usize) -> Vec<Line<'static>> {
    let style = |role| model.theme.style(role);
    let step = model
        .course()
        .and_then(|course| course.step_of(model.lesson()?));
    let solution = step.and_then(|step| step.solution.as_deref());
    let (Some(solution), Some(opened)) = (solution, &model.session.opened) else {
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

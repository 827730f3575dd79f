//! Scrolls the panes, so that what matters is seen and nothing is scrolled past its end.

use crate::exchange::EventKind;
use crate::tui::content::extent;
use crate::tui::content::layout::Layout;
use crate::tui::content::source;
use crate::tui::state::Model;
use crate::tui::state::panes::Pane;
use crate::tui::state::session::{Load, Opened};

/// Lines kept above a line that is scrolled into view.
const CONTEXT_LINES: usize = 3;

/// Scrolls a pane by so many lines.
pub fn scroll(model: &mut Model, pane: Pane, by: isize) {
    let (total, visible) = extent(model, pane);
    let scroll = moved(
        model.session.scroll.of(pane),
        by,
        total.saturating_sub(visible),
    );
    model.session.scroll.set(pane, scroll);
}

/// Scrolls a list so that a row is visible.
pub fn show_row(model: &mut Model, pane: Pane, row: usize) {
    let (total, visible) = extent(model, pane);
    if visible == 0 {
        return;
    }
    let scroll = model.session.scroll.of(pane);
    let scroll = if row < scroll {
        row
    } else if row >= scroll + visible {
        row + 1 - visible
    } else {
        scroll
    };
    model
        .session
        .scroll
        .set(pane, scroll.min(total.saturating_sub(visible)));
}

/// After the sizes changed no pane may be scrolled past its end.
pub fn keep_scroll(model: &mut Model) {
    // Those that are not shown keep their place until they are.
    for (pane, _) in Layout::of(model).panes {
        scroll(model, pane, 0);
    }
    show_row(model, Pane::Environ, model.session.environ_row);
}

/// A place so far from another one, within bounds.
pub fn moved(place: usize, by: isize, last: usize) -> usize {
    place.saturating_add_signed(by).min(last)
}

/// Scrolls the line that is wrong into view, unless somebody is writing: no request, whoever sends
/// it, may take the text away from under the cursor.
pub fn show_new_trouble(model: &mut Model) {
    if !model.session.is_unsaved() {
        show_trouble(model);
    }
}

/// Scrolls the line that is wrong into view, or the one of the learner's that a framework called
/// last.
pub fn show_trouble(model: &mut Model) {
    let Some(opened) = &model.session.opened else {
        return;
    };
    let trouble = source::trouble_row(model, opened);
    let line = trouble.or_else(|| last_line_of_framework(model, opened));
    // Whoever has scrolled the file reads something in it.
    let unread = || model.session.scroll.of(Pane::Source) == 0;
    let line = line.or_else(|| first_line_that_ran(model, opened).filter(|_| unread()));
    let Some(line) = line else { return };
    let (_, visible) = extent(model, Pane::Source);
    let top = model.session.scroll.of(Pane::Source);
    if visible > 0 && !(top + 1..top + visible).contains(&line) {
        let wanted = line.saturating_sub(CONTEXT_LINES + 1);
        model.session.scroll.set(Pane::Source, wanted);
        scroll(model, Pane::Source, 0);
    }
}

/// Where the function begins that the server called, as far as its lines ran.
fn first_line_that_ran(model: &Model, opened: &Opened) -> Option<usize> {
    let file = opened.file.as_ref()?;
    let mut events = model.exchange()?.events().iter();
    events.find_map(|event| match &event.kind {
        EventKind::Line(step) if file.as_os_str() == step.place.file.as_str() => {
            Some(step.place.line as usize)
        }
        _ => None,
    })
}

/// The last line that ran of the file that is shown, where what the server calls is no code of that
/// file: the application is a framework's.
fn last_line_of_framework(model: &Model, opened: &Opened) -> Option<usize> {
    let Load::Ready(callable) = &opened.loaded else {
        return None;
    };
    let class = callable.strip_prefix("instance of ")?;
    let file = opened.file.as_ref()?;
    if opened.source.contains(&format!("class {class}")) {
        return None;
    }
    let mut events = model.exchange()?.events().iter().rev();
    events.find_map(|event| match &event.kind {
        EventKind::Line(step) if file.as_os_str() == step.place.file.as_str() => {
            Some(step.place.line as usize)
        }
        _ => None,
    })
}

//! Draws the model. Nothing here changes anything.

mod choice;
mod compare;
mod editor;
mod environ;
mod footer;
mod form;
mod header;
mod help;
pub(super) mod layout;
mod lesson;
mod lessons;
mod mistake;
mod page;
mod pane;
mod popup;
mod readers;
mod reading;
mod requests;
mod response;
mod situation;
mod solution;
mod source;
mod timeline;
mod welcome;
mod wire;
mod writer;

use ratatui::Frame;
use ratatui::layout::{Alignment, Rect};
use ratatui::text::{Line, Text};
use ratatui::widgets::Paragraph;

use super::state::model::{Model, Opened, Overlay, Pane, Screen};
use super::theme::Role;
pub use environ::rows as environ_rows;
use layout::Layout;
pub use layout::SMALLEST;
pub use lesson::Anchor;
pub use source::GUTTER;

/// Draws the whole screen.
pub fn view(model: &Model, frame: &mut Frame<'_>) {
    let area = frame.area();
    if !layout::fits((area.width, area.height)) {
        return too_small(model, frame, area);
    }
    match model.screen {
        Screen::Lessons(selected) => lessons::draw(model, selected, frame, area),
        Screen::Opened => draw_lesson(model, frame, area),
    }
    match &model.overlay {
        Some(Overlay::Help(scroll)) => help::draw(model, *scroll, frame, area),
        Some(Overlay::Form(form)) => form::draw(model, form, frame, area),
        Some(Overlay::Compare(comparison)) => compare::draw(model, *comparison, frame, area),
        Some(Overlay::Choice(choice)) => choice::draw(model, choice, frame, area),
        Some(Overlay::Solution(scroll)) => solution::draw(model, *scroll, frame, area),
        Some(Overlay::Explained(_) | Overlay::Traceback(_)) => {
            reading::draw(model, frame, area);
        }
        Some(Overlay::Welcome) => welcome::draw(model, frame, area),
        None => {}
    }
}

/// The group of environ whose row is selected.
#[must_use]
pub fn environ_group(model: &Model) -> Option<&'static str> {
    environ_rows(model).get(model.environ_row)?.group()
}

/// The key of environ whose row is selected, and its value as Python writes it.
#[must_use]
pub fn environ_value(model: &Model) -> Option<(String, String)> {
    environ_rows(model).get(model.environ_row)?.value()
}

/// How many lines a pane's content has at the size it has now, and how many of them are visible.
#[must_use]
pub fn extent(model: &Model, pane: Pane) -> (usize, usize) {
    let layout = Layout::of(model);
    let Some(area) = layout.area(pane) else {
        return (0, 0);
    };
    let inner = pane::inner(area);
    let height = usize::from(inner.height);
    match pane {
        Pane::Environ => (
            environ::rows(model).len(),
            environ::visible_rows(model, inner),
        ),
        Pane::Requests => (model.history.len(), height),
        Pane::Timeline => {
            let events = model.exchange().map_or(0, |it| it.events().len());
            (events, height)
        }
        _ => (content(model, pane, inner).len(), height),
    }
}

/// How wide a page can be, while there is a pane for it.
#[must_use]
pub fn page_width(model: &Model) -> Option<usize> {
    let area = Layout::of(model).area(Pane::Response)?;
    Some(usize::from(pane::inner(area).width).saturating_sub(2))
}

/// Columns and rows for the text of the source: none where there is no pane for it.
#[must_use]
pub fn source_size(model: &Model) -> (usize, usize) {
    let area = Layout::of(model).area(Pane::Source);
    area.map_or((0, 0), |area| {
        let inner = pane::inner(area);
        let width = usize::from(inner.width).saturating_sub(GUTTER);
        (width, usize::from(inner.height))
    })
}

/// How far what lies over the panes, and is there to be read, can be scrolled.
#[must_use]
pub fn help_extent(model: &Model) -> usize {
    match model.overlay {
        Some(Overlay::Compare(comparison)) => compare::furthest(model, comparison),
        Some(Overlay::Solution(_)) => solution::furthest(model),
        Some(Overlay::Explained(_) | Overlay::Traceback(_)) => reading::furthest(model),
        _ => help::furthest(model, model.size),
    }
}

/// Where a part of the lesson's text stands, while there is a pane for it.
#[must_use]
pub fn anchor(model: &Model, anchor: Anchor) -> Option<std::ops::Range<usize>> {
    let area = Layout::of(model).area(Pane::Lesson)?;
    lesson::part(model, usize::from(pane::inner(area).width), anchor)
}

/// The line of the source that the learner should look at, counted from 1.
#[must_use]
pub fn trouble_line(model: &Model, opened: &Opened) -> Option<usize> {
    let next = source::next_line(model, opened).map(|(line, _)| line);
    next.or_else(|| source::trouble(model, opened).map(|trouble| trouble.line))
}

/// Where that line stands in the source pane, counted from 1.
#[must_use]
pub fn trouble_row(model: &Model, opened: &Opened) -> Option<usize> {
    let line = trouble_line(model, opened)?;
    if model.editing.is_some() {
        return Some(line);
    }
    // What is said of other mistakes stands between the lines.
    Some(source::row_of(model, line, source_size(model).0 + GUTTER) + 1)
}

/// The file of the project, other than the application's own, that should be shown.
#[must_use]
pub fn wanted_file(model: &Model) -> Option<&str> {
    source::wanted(model, model.opened.as_ref()?)
}

/// The file the source pane shows.
#[must_use]
pub fn shown_file(model: &Model) -> Option<std::path::PathBuf> {
    source::file(model)
}

fn content(model: &Model, pane: Pane, inner: Rect) -> Vec<Line<'static>> {
    let width = usize::from(inner.width);
    match pane {
        Pane::Lesson => lesson::lines(model, width),
        Pane::Source => match &model.editing {
            Some(editing) => editor::lines(model, editing, (width, usize::from(inner.height))),
            None => source::lines(model, width),
        },
        Pane::Response => response::lines(model, inner),
        Pane::Environ | Pane::Requests | Pane::Timeline => Vec::new(),
    }
}

fn draw_lesson(model: &Model, frame: &mut Frame<'_>, area: Rect) {
    let layout = Layout::of(model);
    header::draw(model, frame, layout.header);
    for &(pane, area) in &layout.panes {
        match pane {
            Pane::Environ => environ::draw(model, frame, area),
            Pane::Requests => requests::draw(model, frame, area),
            Pane::Timeline => timeline::draw(model, frame, area),
            Pane::Lesson => {
                let title = lesson::title(model);
                pane::draw(model, pane, &title, lesson::state(model), frame, area);
            }
            Pane::Source => {
                let (title, state) = source::titles(model);
                pane::draw(model, pane, &title, &state, frame, area);
            }
            Pane::Response => {
                let state = response::state(model);
                pane::draw(model, pane, model.body_view().title(), &state, frame, area);
            }
        }
    }
    if let Some(strip) = layout.strip {
        if model.is_now() {
            requests::draw_strip(model, frame, strip);
        } else {
            timeline::draw_strip(model, frame, strip);
        }
    }
    footer::draw(model, frame, area);
}

fn too_small(model: &Model, frame: &mut Frame<'_>, area: Rect) {
    let text = format!(
        "The terminal is {}×{}.\nwsgi-tutor needs {}×{}.\nMake it larger, or press q.",
        area.width, area.height, SMALLEST.0, SMALLEST.1
    );
    let text = Text::styled(text, model.theme.style(Role::Strong));
    frame.render_widget(Paragraph::new(text).alignment(Alignment::Center), area);
}

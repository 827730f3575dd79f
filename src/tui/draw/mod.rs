//! Draws the model. Everything that takes a frame is here, and nothing else; nothing here changes
//! anything.

mod footer;
mod form;
mod pane;
mod popup;

use ratatui::Frame;
use ratatui::layout::{Alignment, Constraint, Layout as Split, Rect};
use ratatui::text::Text;
use ratatui::widgets::Paragraph;

use super::content::layout::{Layout, fits};
use super::content::{header, lessons, requests, task, timeline};
use super::keymap;
use super::state::model::{Model, Overlay, Screen};
use super::theme::Role;
use crate::terminal::SMALLEST;

/// Draws the whole screen.
pub fn draw(model: &Model, frame: &mut Frame<'_>) {
    let area = frame.area();
    let size = (area.width, area.height);
    if !fits(size) {
        return draw_too_small(model, frame, area);
    }
    match model.screen {
        Screen::Lessons(selected) => draw_lessons(model, selected, frame, area),
        Screen::Opened => draw_panes(model, frame),
    }
    if let Some(Overlay::Form(form)) = &model.overlay {
        form::draw(model, form, frame, area);
    } else if let Some(popup) = keymap::popup(model, size) {
        popup::draw(model, popup, frame, area);
    }
    footer::draw(model, frame, area);
}

fn draw_header(model: &Model, frame: &mut Frame<'_>, area: Rect) {
    let (left, right) = header::lines(model, area.width);
    frame.render_widget(Paragraph::new(left), area);
    frame.render_widget(Paragraph::new(right).alignment(Alignment::Right), area);
}

fn draw_lessons(model: &Model, selected: usize, frame: &mut Frame<'_>, area: Rect) {
    let [top, main] = area.layout(&Split::vertical([
        Constraint::Length(2),
        Constraint::Fill(1),
    ]));
    draw_header(model, frame, top);
    let lines = lessons::lines(model, selected, main.width);
    frame.render_widget(Paragraph::new(lines), main);
}

fn draw_panes(model: &Model, frame: &mut Frame<'_>) {
    let layout = Layout::of(model);
    draw_header(model, frame, layout.header);
    frame.render_widget(Paragraph::new(task::lines(model)), layout.task);
    for &(pane, area) in &layout.panes {
        pane::draw(model, pane, frame, area);
    }
    if let Some(area) = layout.strip {
        let line = if model.is_now() {
            requests::strip(model, area.width)
        } else {
            timeline::strip(model, area.width)
        };
        if let Some(line) = line {
            frame.render_widget(line, area);
        }
    }
}

fn draw_too_small(model: &Model, frame: &mut Frame<'_>, area: Rect) {
    let text = format!(
        "The terminal is {}×{}.\nwsgi-tutor needs {}×{}.\nMake it larger, or press q.",
        area.width, area.height, SMALLEST.0, SMALLEST.1
    );
    let text = Text::styled(text, model.theme.style(Role::Strong));
    frame.render_widget(Paragraph::new(text).alignment(Alignment::Center), area);
}

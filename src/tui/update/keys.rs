//! What the keys do.

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind};

use super::scroll::keep_scroll;
use super::{choice, editor, export, history, lesson, panes, playback, requests};
use crate::tui::action::{Action, OverlayAction, ScreenAction};
use crate::tui::effect::Effect;
use crate::tui::keymap::{self, Context};
use crate::tui::state::model::{Model, Overlay, Screen};
use crate::tui::state::session::Opened;

/// Takes a key.
pub fn pressed(model: &mut Model, key: KeyEvent) -> Vec<Effect> {
    if key.kind == KeyEventKind::Release {
        return Vec::new();
    }
    model.notice = None;
    if let Some(action) = keymap::action(model, key) {
        return act(model, action);
    }
    if keymap::context(model) == Context::Editor {
        return editor::text::input(model, key);
    }
    // The fields are one line each: these keys must not be text.
    let moves = matches!(key.code, KeyCode::Tab | KeyCode::BackTab | KeyCode::Enter);
    if keymap::context(model) == Context::Form
        && !moves
        && let Some(Overlay::Form(form)) = &mut model.overlay
        && let Some((_, text)) = form.fields.get_mut(form.at)
    {
        text.input(key);
    }
    Vec::new()
}

fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    match action {
        Action::Request(action) => return requests::act(model, action),
        Action::Export(action) => return export::act(model, action),
        Action::Choice(action) => return choice::act(model, action),
        Action::Lesson(action) => return lesson::act(model, action),
        Action::Editor(action) => return editor::act(model, action),
        Action::Screen(action) => return act_on_screen(model, action),
        Action::Pane(action) => panes::act(model, action),
        Action::Move(by) => panes::move_by(model, by),
        Action::Playback(seek) => playback::seek_to(model, seek),
        Action::History(action) => history::act(model, action),
        Action::Overlay(action) => model.overlay = overlay(action),
        Action::Suspend => return vec![Effect::Suspend { job: true }],
        Action::Quit => return editor::saving::quit(model),
    }
    Vec::new()
}

fn overlay(action: OverlayAction) -> Option<Overlay> {
    match action {
        OverlayAction::Explain => Some(Overlay::Explained(0)),
        OverlayAction::Links => Some(Overlay::Links(0)),
        OverlayAction::Step => Some(Overlay::Step(0)),
        OverlayAction::Traceback => Some(Overlay::Traceback(0)),
        OverlayAction::Help => Some(Overlay::Help(0)),
        OverlayAction::Close => None,
    }
}

fn act_on_screen(model: &mut Model, action: ScreenAction) -> Vec<Effect> {
    match action {
        ScreenAction::Lessons => {
            let opened = model.session.opened.as_ref();
            let place = opened.and_then(Opened::place);
            model.screen = Screen::Lessons(place.unwrap_or(0));
        }
        ScreenAction::OpenLesson => {
            if let Screen::Lessons(selected) = model.screen {
                return vec![Effect::Open(selected)];
            }
        }
        ScreenAction::Steps => {
            if let Screen::Lessons(selected) = model.screen {
                lesson::offer_steps(model, selected);
            }
        }
        ScreenAction::Back => {
            model.screen = Screen::Opened;
            keep_scroll(model);
        }
        ScreenAction::Theme => {
            model.theme = model.theme.next();
            model.notice = Some(format!("colours: {}", model.theme.name()));
        }
    }
    Vec::new()
}

/// Takes text that was pasted.
pub fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    if keymap::context(model) == Context::Editor {
        return editor::text::paste(model, text);
    }
    if keymap::context(model) == Context::Form
        && let Some(Overlay::Form(form)) = &mut model.overlay
        && let Some((_, field)) = form.fields.get_mut(form.at)
    {
        // A field is one line, and what cannot be seen should not be sent.
        let parts = text.split(char::is_control).filter(|part| !part.is_empty());
        field.insert_str(parts.collect::<Vec<_>>().join(" "));
    }
    Vec::new()
}

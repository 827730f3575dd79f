//! The keys, as data: one table feeds the dispatcher, the footer and the help.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::model::{Model, Overlay, Pane, Screen};
use super::view::layout;

/// What a key asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    Send,
    OpenForm,
    SendForm,
    NextField,
    Browse,
    Edit,
    NextPane,
    PreviousPane,
    Focus(Pane),
    Zoom,
    BodyView,
    Up,
    Down,
    PageUp,
    PageDown,
    Home,
    End,
    Live,
    NextLesson,
    PreviousLesson,
    Lessons,
    OpenLesson,
    Back,
    Theme,
    Help,
    Close,
    Quit,
}

/// Where a key works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Context {
    Lessons,
    Lesson,
    Help,
    Form,
    /// The terminal is too small for anything but a message.
    TooSmall,
}

/// A key, or a few, and what they do.
pub struct Binding {
    pub context: Context,
    keys: &'static [(KeyCode, KeyModifiers)],
    /// How the keys are written.
    pub label: &'static str,
    /// What they do, in a word or two for the footer.
    pub does: &'static str,
    pub action: Action,
    /// Whether they work just now.
    works: fn(&Model) -> bool,
    pub in_footer: bool,
}

const NONE: KeyModifiers = KeyModifiers::NONE;
const CTRL: KeyModifiers = KeyModifiers::CONTROL;

const fn binding(
    context: Context,
    keys: &'static [(KeyCode, KeyModifiers)],
    label: &'static str,
    does: &'static str,
    action: Action,
) -> Binding {
    Binding {
        context,
        keys,
        label,
        does,
        action,
        works: always,
        in_footer: true,
    }
}

impl Binding {
    const fn when(self, works: fn(&Model) -> bool) -> Self {
        Self { works, ..self }
    }

    /// Whether the keys do something just now.
    #[must_use]
    pub fn works(&self, model: &Model) -> bool {
        (self.works)(model)
    }

    /// Told in the help only.
    const fn quiet(self) -> Self {
        Self {
            in_footer: false,
            ..self
        }
    }
}

/// All keys, in the order they are shown: where the footer is short, the first ones stay.
pub const BINDINGS: &[Binding] = &[
    binding(
        Context::Lesson,
        &[(KeyCode::Char(' '), NONE)],
        "space",
        "send",
        Action::Send,
    )
    .when(serves),
    binding(
        Context::Lesson,
        &[(KeyCode::Char('f'), NONE)],
        "f",
        "form",
        Action::OpenForm,
    )
    .when(has_form),
    binding(
        Context::Lesson,
        &[(KeyCode::Char('e'), NONE)],
        "e",
        "edit",
        Action::Edit,
    ),
    binding(
        Context::Lesson,
        &[(KeyCode::Esc, NONE)],
        "esc",
        "latest",
        Action::Live,
    )
    .when(is_held),
    binding(
        Context::Lesson,
        &[(KeyCode::Esc, NONE)],
        "esc",
        "all panes",
        Action::Live,
    )
    .when(is_only_zoomed),
    binding(
        Context::Lesson,
        &[(KeyCode::Tab, NONE)],
        "tab",
        "pane",
        Action::NextPane,
    ),
    binding(
        Context::Lesson,
        &[
            (KeyCode::BackTab, NONE),
            (KeyCode::BackTab, KeyModifiers::SHIFT),
        ],
        "shift-tab",
        "previous pane",
        Action::PreviousPane,
    )
    .quiet(),
    binding(
        Context::Lesson,
        &[(KeyCode::Char('1'), NONE)],
        "1",
        "lesson text",
        Action::Focus(Pane::Lesson),
    )
    .quiet(),
    binding(
        Context::Lesson,
        &[(KeyCode::Char('2'), NONE)],
        "2",
        "source",
        Action::Focus(Pane::Source),
    )
    .quiet(),
    binding(
        Context::Lesson,
        &[(KeyCode::Char('3'), NONE)],
        "3",
        "environ",
        Action::Focus(Pane::Environ),
    )
    .quiet(),
    binding(
        Context::Lesson,
        &[(KeyCode::Char('4'), NONE)],
        "4",
        "response",
        Action::Focus(Pane::Response),
    )
    .quiet(),
    binding(
        Context::Lesson,
        &[(KeyCode::Char('5'), NONE)],
        "5",
        "requests",
        Action::Focus(Pane::Requests),
    )
    .quiet(),
    binding(
        Context::Lesson,
        &[(KeyCode::Char('o'), NONE)],
        "o",
        "browser",
        Action::Browse,
    )
    .when(serves),
    binding(
        Context::Lesson,
        &[(KeyCode::Char('n'), NONE)],
        "n",
        "next",
        Action::NextLesson,
    )
    .when(has_next),
    binding(
        Context::Lesson,
        &[(KeyCode::Char('p'), NONE)],
        "p",
        "previous lesson",
        Action::PreviousLesson,
    )
    .when(has_previous)
    .quiet(),
    binding(
        Context::Lesson,
        &[(KeyCode::Char('z'), NONE)],
        "z",
        "zoom",
        Action::Zoom,
    ),
    binding(
        Context::Lesson,
        &[(KeyCode::Char('b'), NONE)],
        "b",
        "text/hex",
        Action::BodyView,
    )
    .when(has_body),
    binding(
        Context::Lesson,
        &[(KeyCode::Char('l'), NONE)],
        "l",
        "list of lessons",
        Action::Lessons,
    )
    .quiet(),
    binding(
        Context::Lessons,
        &[(KeyCode::Enter, NONE)],
        "enter",
        "open",
        Action::OpenLesson,
    ),
    binding(
        Context::Lessons,
        &[(KeyCode::Esc, NONE)],
        "esc",
        "back",
        Action::Back,
    )
    .when(has_lesson),
    binding(
        Context::Help,
        &[
            (KeyCode::Esc, NONE),
            (KeyCode::Char('?'), NONE),
            (KeyCode::Char('q'), NONE),
            (KeyCode::Enter, NONE),
        ],
        "esc",
        "close",
        Action::Close,
    ),
    binding(
        Context::Form,
        &[(KeyCode::Enter, NONE)],
        "enter",
        "send",
        Action::SendForm,
    )
    .when(serves),
    binding(
        Context::Form,
        &[(KeyCode::Tab, NONE)],
        "tab",
        "next field",
        Action::NextField,
    )
    .when(has_fields),
    binding(
        Context::Form,
        &[(KeyCode::Esc, NONE)],
        "esc",
        "close",
        Action::Close,
    ),
    binding(
        Context::Form,
        &[(KeyCode::Char('c'), CTRL)],
        "ctrl-c",
        "quit",
        Action::Quit,
    )
    .quiet(),
    binding(
        Context::Lesson,
        &[(KeyCode::Up, NONE), (KeyCode::Char('k'), NONE)],
        "↑ k",
        "up",
        Action::Up,
    )
    .quiet(),
    binding(
        Context::Lesson,
        &[(KeyCode::Down, NONE), (KeyCode::Char('j'), NONE)],
        "↓ j",
        "down",
        Action::Down,
    )
    .quiet(),
    binding(
        Context::Lesson,
        &[(KeyCode::PageUp, NONE)],
        "page up",
        "a page up",
        Action::PageUp,
    )
    .quiet(),
    binding(
        Context::Lesson,
        &[(KeyCode::PageDown, NONE)],
        "page down",
        "a page down",
        Action::PageDown,
    )
    .quiet(),
    binding(
        Context::Lesson,
        &[(KeyCode::Home, NONE), (KeyCode::Char('g'), NONE)],
        "home g",
        "to the beginning",
        Action::Home,
    )
    .quiet(),
    binding(
        Context::Lesson,
        &[(KeyCode::End, NONE), (KeyCode::Char('G'), NONE)],
        "end G",
        "to the end",
        Action::End,
    )
    .quiet(),
    binding(
        Context::Lessons,
        &[(KeyCode::Up, NONE), (KeyCode::Char('k'), NONE)],
        "↑",
        "up",
        Action::Up,
    ),
    binding(
        Context::Lessons,
        &[(KeyCode::Down, NONE), (KeyCode::Char('j'), NONE)],
        "↓",
        "down",
        Action::Down,
    ),
    binding(
        Context::Help,
        &[(KeyCode::Up, NONE), (KeyCode::Char('k'), NONE)],
        "↑↓",
        "scroll",
        Action::Up,
    )
    .when(help_scrolls),
    binding(
        Context::Help,
        &[(KeyCode::Down, NONE), (KeyCode::Char('j'), NONE)],
        "↓",
        "down",
        Action::Down,
    )
    .quiet(),
    binding(
        Context::Lesson,
        &[(KeyCode::Char('t'), NONE)],
        "t",
        "colours",
        Action::Theme,
    )
    .when(has_colours)
    .quiet(),
    binding(
        Context::Lessons,
        &[(KeyCode::Char('t'), NONE)],
        "t",
        "colours",
        Action::Theme,
    )
    .when(has_colours)
    .quiet(),
    binding(
        Context::Lesson,
        &[(KeyCode::Char('?'), NONE)],
        "?",
        "keys",
        Action::Help,
    ),
    binding(
        Context::Lessons,
        &[(KeyCode::Char('?'), NONE)],
        "?",
        "keys",
        Action::Help,
    ),
    binding(
        Context::Lesson,
        &[(KeyCode::Char('q'), NONE), (KeyCode::Char('c'), CTRL)],
        "q",
        "quit",
        Action::Quit,
    ),
    binding(
        Context::Lessons,
        &[(KeyCode::Char('q'), NONE), (KeyCode::Char('c'), CTRL)],
        "q",
        "quit",
        Action::Quit,
    ),
    binding(
        Context::Help,
        &[(KeyCode::Char('c'), CTRL)],
        "ctrl-c",
        "quit",
        Action::Quit,
    )
    .quiet(),
    binding(
        Context::TooSmall,
        &[(KeyCode::Char('q'), NONE), (KeyCode::Char('c'), CTRL)],
        "q",
        "quit",
        Action::Quit,
    ),
];

/// Where the keys go now.
#[must_use]
pub fn context(model: &Model) -> Context {
    if !layout::fits(model.size) {
        return Context::TooSmall;
    }
    match (&model.overlay, model.screen) {
        (Some(Overlay::Help(_)), _) => Context::Help,
        (Some(Overlay::Form(_)), _) => Context::Form,
        (None, Screen::Lessons(_)) => Context::Lessons,
        (None, Screen::Lesson) => Context::Lesson,
    }
}

/// What a key asks for now, if it works now.
#[must_use]
pub fn action(model: &Model, key: KeyEvent) -> Option<Action> {
    let context = context(model);
    // Shift is part of the character already.
    let modifiers = match key.code {
        KeyCode::Char(_) => key.modifiers - KeyModifiers::SHIFT,
        _ => key.modifiers,
    };
    BINDINGS
        .iter()
        .filter(|binding| binding.context == context && (binding.works)(model))
        .find(|binding| binding.keys.contains(&(key.code, modifiers)))
        .map(|binding| binding.action)
}

/// The keys that work now and belong into the footer.
pub fn footer(model: &Model) -> impl Iterator<Item = &'static Binding> + '_ {
    let context = context(model);
    BINDINGS.iter().filter(move |binding| {
        binding.context == context && binding.in_footer && (binding.works)(model)
    })
}

fn always(_: &Model) -> bool {
    true
}

fn serves(model: &Model) -> bool {
    model.server.url.is_some()
}

fn has_form(model: &Model) -> bool {
    model
        .teaching()
        .is_some_and(|lesson| !lesson.form.is_empty())
}

fn has_fields(model: &Model) -> bool {
    matches!(&model.overlay, Some(Overlay::Form(form)) if form.fields.len() > 1)
}

fn has_body(model: &Model) -> bool {
    model
        .exchange()
        .is_some_and(|exchange| exchange.now().body.length > 0)
}

fn is_held(model: &Model) -> bool {
    model.chosen.is_some()
}

fn is_only_zoomed(model: &Model) -> bool {
    model.zoomed && !is_held(model)
}

fn help_scrolls(model: &Model) -> bool {
    super::view::help_extent(model) > 0
}

fn has_lesson(model: &Model) -> bool {
    model.lesson.is_some()
}

fn has_next(model: &Model) -> bool {
    model
        .lesson
        .as_ref()
        .is_some_and(|opened| opened.place + 1 < model.catalogue.lessons.len())
}

fn has_previous(model: &Model) -> bool {
    model.lesson.as_ref().is_some_and(|opened| opened.place > 0)
}

fn has_colours(model: &Model) -> bool {
    model.theme != super::theme::Theme::Mono
}

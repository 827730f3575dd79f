//! A row of the table of keys.

use crossterm::event::{KeyCode, KeyModifiers};

use super::context::Context;
use crate::tui::action::{Action, ChoiceAction, PaneAction};
use crate::tui::state::Model;
use crate::tui::state::panes::Pane;

/// A key, or a few, and what they do.
#[derive(Clone, Copy)]
pub struct Binding {
    pub context: Context,
    pub(super) keys: &'static [Key],
    /// How the first key, or all of them, are written.
    pub(super) label: &'static str,
    /// How the second one is written, where it is told too.
    pub(super) other_label: Option<&'static str>,
    /// What they do, in a word or two for the footer.
    pub does: &'static str,
    pub action: Action,
    /// Whether they work just now.
    works: fn(&Model) -> bool,
    /// Whether they scroll what lies over the panes, and work only where that is higher than there
    /// is room for.
    pub(super) scrolls: bool,
    pub in_footer: bool,
}

const NONE: KeyModifiers = KeyModifiers::NONE;
pub(super) const CTRL_C: Key = (KeyCode::Char('c'), KeyModifiers::CONTROL);
pub(super) const CTRL_Z: Key = (KeyCode::Char('z'), KeyModifiers::CONTROL);

pub(super) type Key = (KeyCode, KeyModifiers);

pub(super) const fn key(character: char) -> Key {
    (KeyCode::Char(character), NONE)
}

pub(super) const fn ctrl(character: char) -> Key {
    (KeyCode::Char(character), KeyModifiers::CONTROL)
}

pub(super) const fn named(code: KeyCode) -> Key {
    (code, NONE)
}

pub(super) const fn binding(
    context: Context,
    keys: &'static [Key],
    label: &'static str,
    does: &'static str,
    action: Action,
) -> Binding {
    Binding {
        context,
        keys,
        label,
        other_label: None,
        does,
        action,
        works: always,
        scrolls: false,
        in_footer: true,
    }
}

/// How many digits are keys, from 1 on.
pub(super) const DIGITS: usize = 9;

/// What the key of a digit does.
const fn digit(number: usize, context: Context, does: &'static str, action: Action) -> Binding {
    const KEYS: [Key; DIGITS] = [
        key('1'),
        key('2'),
        key('3'),
        key('4'),
        key('5'),
        key('6'),
        key('7'),
        key('8'),
        key('9'),
    ];
    const LABELS: [&str; DIGITS] = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];
    let (_, keys) = KEYS.split_at(number - 1);
    let (keys, _) = keys.split_at(1);
    binding(context, keys, LABELS[number - 1], does, action).quiet()
}

/// The digit on a pane's border gives it the focus.
pub(super) const fn focus(pane: Pane) -> Binding {
    let action = Action::Pane(PaneAction::Focus(pane));
    digit(pane.number(), Context::Lesson, pane.name(), action)
}

/// The digit before an option chooses it.
pub(super) const fn option(number: usize) -> Binding {
    let action = Action::Choice(ChoiceAction::Option(number));
    digit(number, Context::Choice, "choose at once", action)
}

impl Binding {
    pub(super) const fn when(self, works: fn(&Model) -> bool) -> Self {
        Self { works, ..self }
    }

    /// Whether the keys do something just now, apart from whether there is something to scroll.
    pub fn works(&self, model: &Model) -> bool {
        let is_there = match self.action {
            Action::Pane(PaneAction::Focus(pane)) => model.panes().contains(&pane),
            _ => true,
        };
        is_there && (self.works)(model)
    }

    pub(super) const fn when_higher(self) -> Self {
        Self {
            scrolls: true,
            ..self
        }
    }

    /// Its second key is told too.
    pub(super) const fn or(self, label: &'static str) -> Self {
        Self {
            other_label: Some(label),
            ..self
        }
    }

    /// How those of its keys are written that no row before it has taken; nothing where none is
    /// left.
    pub(super) fn label_without(&self, taken: &[Key]) -> Option<String> {
        let is_free = |key: &&Key| !taken.contains(*key);
        if !self.keys.iter().any(|key| is_free(&key)) {
            return None;
        }
        let Some(other) = self.other_label else {
            return Some(self.label.to_owned());
        };
        let labels = self.keys.iter().zip([self.label, other]);
        let free = labels.filter(|(key, _)| is_free(key));
        Some(free.map(|(_, label)| label).collect::<Vec<_>>().join(" "))
    }

    /// Told in the help only.
    pub(super) const fn quiet(self) -> Self {
        Self {
            in_footer: false,
            ..self
        }
    }
}

fn always(_: &Model) -> bool {
    true
}

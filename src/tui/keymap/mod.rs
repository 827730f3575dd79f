//! The keys, as data: one table feeds the dispatcher, the footer and the help.

mod binding;
mod conditions;
mod context;
mod help;
mod table;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::action::Action;
use super::content::overlay;
use super::content::popup::Popup;
use super::state::model::{Model, Overlay};
pub use binding::Binding;
pub use context::{Context, context};
pub use table::bindings;

/// What a key asks for now, if it works now.
pub fn action(model: &Model, key: KeyEvent) -> Option<Action> {
    let context = context(model);
    // Shift is part of the character already.
    let modifiers = match key.code {
        KeyCode::Char(_) => key.modifiers - KeyModifiers::SHIFT,
        _ => key.modifiers,
    };
    bindings()
        .filter(|binding| binding.context == context)
        .filter(|binding| binding.keys.contains(&(key.code, modifiers)))
        // Last, because a condition may have to lay out what is shown.
        .find(|binding| works(binding, model))
        .map(|binding| binding.action)
}

/// Whether the keys of a row do something just now.
fn works(binding: &Binding, model: &Model) -> bool {
    binding.works(model) && (!binding.scrolls || furthest(model) > 0)
}

/// How far what lies over the panes can be scrolled.
pub fn furthest(model: &Model) -> usize {
    popup(model, model.size).map_or(0, |popup| popup.furthest(model.size.1))
}

/// The text over the panes, on a screen of so many columns and rows. The fields of a form are no
/// text.
pub fn popup(model: &Model, size: (u16, u16)) -> Option<Popup> {
    match model.overlay {
        Some(Overlay::Help(scroll)) => Some(help::popup(model, scroll, size)),
        _ => overlay::popup(model, size),
    }
}

/// A row whose keys do something now.
pub struct Shown {
    /// How those of its keys are written that do.
    pub label: String,
    pub does: &'static str,
    in_footer: bool,
}

/// The rows of a context whose keys do something now. As the dispatcher takes the first row that
/// works, a key is told once.
fn shown(context: Context, works: impl Fn(&Binding) -> bool) -> impl Iterator<Item = Shown> {
    let mut taken = Vec::new();
    let rows = bindings().filter(move |binding| binding.context == context && works(binding));
    rows.filter_map(move |binding| {
        let label = binding.label_without(&taken);
        taken.extend_from_slice(binding.keys);
        Some(Shown {
            label: label?,
            does: binding.does,
            in_footer: binding.in_footer,
        })
    })
}

/// The keys that work now and belong into the footer.
pub fn footer(model: &Model) -> impl Iterator<Item = Shown> + '_ {
    let shown = shown(context(model), |binding| works(binding, model));
    shown.filter(|row| row.in_footer)
}

//! Which exchange is shown: another one is seen from its beginning.

use super::scroll::{show_new_trouble, show_row};
use crate::exchange::ExchangeId;
use crate::tui::content::environ;
use crate::tui::state::Model;
use crate::tui::state::panes::Pane;
use crate::tui::state::requests;

/// Shows the latest exchange from its beginning.
pub fn follow(model: &mut Model) {
    shown_another(model);
    show_shown(model);
}

/// Shows the exchange in which a check failed.
pub fn show_failed(model: &mut Model, id: ExchangeId) {
    model.session.failed = Some(id);
    shown_another(model);
    show_shown(model);
    show_new_trouble(model);
}

/// Scrolls the list so that the request that is shown is seen.
pub fn show_shown(model: &mut Model) {
    let row = requests::row_shown(model, &requests::rows(model));
    show_row(model, Pane::Requests, row);
}

/// Another exchange is shown now.
pub fn shown_another(model: &mut Model) {
    model.session.scroll.set(Pane::Response, 0);
    let rows = environ::rows(model).len();
    model.session.environ_row = model.session.environ_row.min(rows.saturating_sub(1));
}

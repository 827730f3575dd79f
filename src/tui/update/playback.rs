//! Steps through the exchange that is shown.

use super::scroll::{keep_scroll, show_trouble};
use crate::tui::content::extent;
use crate::tui::state::Model;
use crate::tui::state::panes::Pane;
use crate::tui::state::playback::{Playback, Seek};

/// Shows the moment so far from the one that is shown.
pub fn seek_to(model: &mut Model, seek: Seek) {
    let from = model.session.playback.as_ref().map(|playback| playback.at);
    let playback = model
        .exchange()
        .and_then(|exchange| Playback::stepped(exchange, from, seek));
    show_moment(model, playback);
}

/// Shows the moment after the event at this place.
pub fn show_event(model: &mut Model, at: usize) {
    let playback = model
        .exchange()
        .and_then(|exchange| Playback::new(exchange, at));
    show_moment(model, playback);
}

fn show_moment(model: &mut Model, playback: Option<Playback>) {
    let Some(playback) = playback else { return };
    let at = playback.at;
    // New requests may come meanwhile.
    model.session.chosen = Some(playback.id);
    model.session.playback = Some(playback);
    model.lower = Pane::Timeline;
    // The line that runs next is what a step is about.
    model.session.upper = Pane::Source;
    keep_scroll(model);
    // What came before it and what comes after it.
    let (total, visible) = extent(model, Pane::Timeline);
    let top = at
        .saturating_sub(visible / 2)
        .min(total.saturating_sub(visible));
    model.session.scroll.set(Pane::Timeline, top);
    show_trouble(model);
}

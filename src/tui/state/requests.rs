//! The rows of the list of requests: those that the tutor sends to check a step follow one another
//! and are one row, unless they are unfolded.

use super::model::Model;
use crate::browser;
use crate::exchange::{Exchange, header};

/// A row of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// The place in the history of the exchange that stands for the row.
    pub place: usize,
    /// How many checks the row stands for; 1 where it is an exchange of its own.
    pub checks: usize,
}

/// All rows, oldest first. A row of several checks shows the last one, or the one that is shown.
pub fn rows(model: &Model) -> Vec<Row> {
    let history = &model.session.history;
    let shown = model.exchange();
    let shown = shown.and_then(|exchange| history.index_of(exchange.id));
    let mut rows: Vec<Row> = Vec::new();
    let mut was_check = false;
    for place in 0..history.len() {
        let is_check = is_check(model, place);
        match rows
            .last_mut()
            .filter(|_| is_check && was_check && !model.unfolded)
        {
            Some(row) => {
                row.checks += 1;
                if shown != Some(row.place) {
                    row.place = place;
                }
            }
            None => rows.push(Row { place, checks: 1 }),
        }
        was_check = is_check;
    }
    rows
}

/// The row of the exchange that is shown, or the last one.
pub fn row_shown(model: &Model, rows: &[Row]) -> usize {
    let shown = model.exchange().map(|exchange| exchange.id);
    let place = shown.and_then(|id| model.session.history.index_of(id));
    let row = place.and_then(|place| rows.iter().rposition(|row| row.place <= place));
    row.unwrap_or(rows.len().saturating_sub(1))
}

/// Whether there are rows to fold or to unfold.
pub fn can_fold(model: &Model) -> bool {
    let mut checks = (0..model.session.history.len()).map(|place| is_check(model, place));
    let mut before = false;
    checks.any(|is_check| std::mem::replace(&mut before, is_check) && is_check)
}

/// Whether a browser sent this by itself: for the icon of a site, or to ask about itself.
pub fn is_by_itself(exchange: &Exchange) -> bool {
    let request = exchange.now().request.as_ref();
    request.is_some_and(|request| {
        let path = request.target.split('?').next().unwrap_or_default();
        let is_icon = path == "/favicon.ico" || path.starts_with("/apple-touch-icon");
        // A learner may send it on purpose.
        let from_browser = header(&request.headers, "Sec-Fetch-Dest").is_some()
            || header(&request.headers, "Referer").is_some();
        from_browser && (is_icon || path.starts_with("/.well-known/appspecific/"))
    })
}

fn is_check(model: &Model, place: usize) -> bool {
    let exchange = model.session.history.at(place);
    let request = exchange.and_then(|exchange| exchange.now().request.as_deref());
    request.is_some_and(browser::is_for_check)
}

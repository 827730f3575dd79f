//! Whose answer others wait for, and which one a key may end.

use super::model::Model;
use crate::exchange::{Exchange, ExchangeId, Phase};

/// Another exchange whose answer the application is still giving: the one the exchange that is
/// shown waits for, as far as that was told.
pub fn answered_first(model: &Model, shown: &Exchange) -> Option<ExchangeId> {
    let told = shown.now().behind.first().copied();
    told.or_else(|| {
        running(model)
            .find(|other| other.id != shown.id)
            .map(|other| other.id)
    })
}

/// The answer that a key ends now: the one that is shown, where it goes on, or else one that others
/// wait for.
pub fn endable(model: &Model) -> Option<ExchangeId> {
    model.server.url.as_ref()?;
    let shown = model.exchange()?;
    match shown.now().phase {
        Phase::Sent => return Some(shown.id),
        Phase::Read => return answered_first(model, shown),
        _ => {}
    }
    let mut all =
        (0..model.session.history.len()).filter_map(|place| model.session.history.at(place));
    all.find_map(|exchange| exchange.now().behind.first().copied())
}

/// The exchanges for which the application runs now.
fn running(model: &Model) -> impl Iterator<Item = &Exchange> {
    let all = (0..model.session.history.len()).rev();
    all.filter_map(|place| model.session.history.at(place))
        .filter(|exchange| {
            let phase = exchange.now().phase;
            phase >= Phase::Called && phase < Phase::Finished
        })
}

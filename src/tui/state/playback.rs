//! Playback of an exchange: which of its events was the last one at the moment that is shown.

use crate::exchange::{Event, EventKind, Exchange, ExchangeId, Moment};

/// A position in the events of an exchange.
#[derive(Debug, Clone)]
pub struct Playback {
    pub id: ExchangeId,
    /// The place of the last event that has happened by then.
    pub at: usize,
    /// What was true then: the fold over the events up to it.
    pub moment: Moment,
}

/// Where to go from a position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seek {
    Forward,
    Back,
    NextPhase,
    PreviousPhase,
    First,
    Last,
    /// The next event that made a part of the response, from the first one again after the last.
    NextSource,
}

impl Playback {
    /// The moment after the event at this place; the last one when there are fewer.
    pub fn new(exchange: &Exchange, at: usize) -> Option<Self> {
        let events = exchange.events();
        let at = at.min(events.len().checked_sub(1)?);
        Some(Self {
            id: exchange.id,
            at,
            moment: Moment::after(&events[..=at]),
        })
    }

    /// The same, one step further. Nobody stepping begins at either end: forward at the first
    /// event, back at the last one.
    pub fn stepped(exchange: &Exchange, from: Option<usize>, seek: Seek) -> Option<Self> {
        let events = exchange.events();
        let last = events.len().checked_sub(1)?;
        let phases = |event: &Event| begins_phase(&event.kind);
        let at = match (from, seek) {
            (_, Seek::First) | (None, Seek::Forward | Seek::NextPhase) => 0,
            (_, Seek::Last) => last,
            (from, Seek::NextSource) => {
                let after = from.map_or(0, |at| at + 1);
                let mut places = (after..events.len()).chain(0..after.min(events.len()));
                places.find(|&place| makes_response(&events[place].kind))?
            }
            (None, Seek::Back | Seek::PreviousPhase) => last.saturating_sub(1),
            (Some(at), Seek::Forward) => at + 1,
            (Some(at), Seek::Back) => at.saturating_sub(1),
            (Some(at), Seek::NextPhase) => (at + 1..events.len())
                .find(|&place| phases(&events[place]))
                .unwrap_or(last),
            (Some(at), Seek::PreviousPhase) => (0..at.min(events.len()))
                .rev()
                .find(|&place| phases(&events[place]))
                .unwrap_or(0),
        };
        Self::new(exchange, at)
    }
}

/// Whether a part of the response comes from this event.
fn makes_response(kind: &EventKind) -> bool {
    matches!(kind, EventKind::StartResponse(_) | EventKind::Block { .. })
}

/// Whether something new begins with this event, and is not only going on.
pub fn begins_phase(kind: &EventKind) -> bool {
    match kind {
        EventKind::ConnectionOpened { .. }
        | EventKind::RequestRead(_)
        | EventKind::Refused(_)
        | EventKind::EnvironBuilt { .. }
        | EventKind::AppCalled { .. }
        | EventKind::StartResponse(_)
        | EventKind::Returned { .. }
        | EventKind::Block { .. }
        | EventKind::HeadersSent { .. }
        | EventKind::RuleBroken(_)
        | EventKind::Raised(_)
        | EventKind::TimedOut(_)
        | EventKind::WorkerDied { .. }
        | EventKind::CloseCalled
        | EventKind::ClientGone
        | EventKind::Superseded
        | EventKind::Interrupted { .. }
        | EventKind::Waiting { .. }
        | EventKind::Finished => true,
        EventKind::BytesReceived { .. }
        | EventKind::BytesSent { .. }
        | EventKind::Line(_)
        | EventKind::Suspended(_)
        | EventKind::TraceStopped { .. }
        | EventKind::InputRead { .. }
        | EventKind::Printed { .. }
        | EventKind::Logged { .. }
        | EventKind::EnvironChanged { .. }
        | EventKind::NotRecorded { .. } => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{Playback, Seek};
    use crate::exchange::{BlockSource, Event, EventKind, Excerpt, Exchange};

    fn exchange() -> Exchange {
        let kinds = [
            EventKind::AppCalled {
                callable: "function app".into(),
            },
            EventKind::Logged { text: "a".into() },
            EventKind::Logged { text: "b".into() },
            EventKind::CloseCalled,
            EventKind::Finished,
        ];
        let mut exchange = Exchange::new(1);
        for (at_us, kind) in (0..).zip(kinds) {
            exchange.record(Event { at_us, kind });
        }
        exchange
    }

    #[test]
    fn steps_lead_forward_and_back_and_stay_within_the_exchange() {
        let exchange = exchange();
        let mut at = None;
        let mut step = |step| {
            at = Playback::stepped(&exchange, at, step).map(|playback| playback.at);
            at.unwrap()
        };
        assert_eq!(step(Seek::Forward), 0);
        assert_eq!(step(Seek::Back), 0);
        assert_eq!(step(Seek::NextPhase), 3);
        assert_eq!(step(Seek::PreviousPhase), 0);
        assert_eq!(step(Seek::Last), 4);
        assert_eq!(step(Seek::Forward), 4);
        assert_eq!(step(Seek::Back), 3);
        assert_eq!(step(Seek::First), 0);
    }

    #[test]
    fn the_same_moment_is_reached_from_both_sides() {
        let exchange = exchange();
        let moment = |from, step| {
            Playback::stepped(&exchange, Some(from), step)
                .unwrap()
                .moment
        };
        assert_eq!(moment(0, Seek::Forward), moment(2, Seek::Back));
        assert_eq!(moment(0, Seek::Forward).logged, "a");
    }

    #[test]
    fn what_made_the_response_comes_round_again() {
        let mut exchange = exchange();
        assert!(Playback::stepped(&exchange, None, Seek::NextSource).is_none());
        for at_us in 5..7 {
            let kind = EventKind::Block {
                source: BlockSource::Iterable,
                bytes: Excerpt::new(b"x", 9),
                sent: 1,
            };
            exchange.record(Event { at_us, kind });
        }
        let mut at = None;
        for expected in [5, 6, 5] {
            at = Playback::stepped(&exchange, at, Seek::NextSource).map(|playback| playback.at);
            assert_eq!(at, Some(expected));
        }
    }

    #[test]
    fn an_exchange_without_events_has_no_moments() {
        assert!(Playback::stepped(&Exchange::new(1), None, Seek::Forward).is_none());
    }
}

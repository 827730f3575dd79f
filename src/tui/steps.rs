//! Stepping through an exchange: which of its events is the moment that is shown.

use crate::exchange::{Event, EventKind, Exchange, ExchangeId, Moment};

/// A moment of an exchange that is looked at.
#[derive(Debug, Clone)]
pub struct Held {
    pub id: ExchangeId,
    /// The place of the last event that has happened by then.
    pub at: usize,
    /// What was true then: the fold over the events up to it.
    pub moment: Moment,
}

/// How far to step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Forward,
    Back,
    NextPhase,
    LastPhase,
    First,
    Last,
    /// The next event that made a part of the response, from the first one again after the last.
    NextMaker,
}

impl Held {
    /// The moment after the event at this place; the last one when there are fewer.
    #[must_use]
    pub fn new(exchange: &Exchange, at: usize) -> Option<Self> {
        let events = exchange.events();
        let at = at.min(events.len().checked_sub(1)?);
        Some(Self {
            id: exchange.id,
            at,
            moment: Moment::after(&events[..=at]),
        })
    }

    /// The same, one step further. Nobody stepping begins at either end: forward at the first event,
    /// back at the last one.
    #[must_use]
    pub fn stepped(exchange: &Exchange, from: Option<usize>, step: Step) -> Option<Self> {
        let events = exchange.events();
        let last = events.len().checked_sub(1)?;
        let phases = |event: &Event| begins_phase(&event.kind);
        let at = match (from, step) {
            (_, Step::First) | (None, Step::Forward | Step::NextPhase) => 0,
            (_, Step::Last) => last,
            (from, Step::NextMaker) => {
                let after = from.map_or(0, |at| at + 1);
                let mut places = (after..events.len()).chain(0..after.min(events.len()));
                places.find(|&place| makes_response(&events[place].kind))?
            }
            (None, Step::Back | Step::LastPhase) => last.saturating_sub(1),
            (Some(at), Step::Forward) => at + 1,
            (Some(at), Step::Back) => at.saturating_sub(1),
            (Some(at), Step::NextPhase) => (at + 1..events.len())
                .find(|&place| phases(&events[place]))
                .unwrap_or(last),
            (Some(at), Step::LastPhase) => (0..at.min(events.len()))
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
#[must_use]
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
    use super::{Held, Step};
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
            at = Held::stepped(&exchange, at, step).map(|held| held.at);
            at.unwrap()
        };
        assert_eq!(step(Step::Forward), 0);
        assert_eq!(step(Step::Back), 0);
        assert_eq!(step(Step::NextPhase), 3);
        assert_eq!(step(Step::LastPhase), 0);
        assert_eq!(step(Step::Last), 4);
        assert_eq!(step(Step::Forward), 4);
        assert_eq!(step(Step::Back), 3);
        assert_eq!(step(Step::First), 0);
    }

    #[test]
    fn the_same_moment_is_reached_from_both_sides() {
        let exchange = exchange();
        let moment = |from, step| Held::stepped(&exchange, Some(from), step).unwrap().moment;
        assert_eq!(moment(0, Step::Forward), moment(2, Step::Back));
        assert_eq!(moment(0, Step::Forward).logged, "a");
    }

    #[test]
    fn what_made_the_response_comes_round_again() {
        let mut exchange = exchange();
        assert!(Held::stepped(&exchange, None, Step::NextMaker).is_none());
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
            at = Held::stepped(&exchange, at, Step::NextMaker).map(|held| held.at);
            assert_eq!(at, Some(expected));
        }
    }

    #[test]
    fn an_exchange_without_events_has_no_moments() {
        assert!(Held::stepped(&Exchange::new(1), None, Step::Forward).is_none());
    }
}

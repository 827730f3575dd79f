//! The exchanges of a run, oldest first, within bounds.

use std::collections::VecDeque;

use super::{Event, EventKind, Exchange, ExchangeId, KEPT_EXCHANGES, KEPT_HISTORY_BYTES};

/// The latest exchanges. Older ones are forgotten when there are too many, or too many bytes.
#[derive(Debug, Clone, Default)]
pub struct History {
    exchanges: VecDeque<Exchange>,
    bytes: usize,
    /// Exchanges up to this one are no longer kept, and their late events are dropped.
    forgotten: ExchangeId,
}

/// What becomes of an exchange for which there is no room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoRoom {
    /// It goes on without its bytes, blocks, lines and output.
    Abridged(ExchangeId),
    /// It is not kept any more.
    Forgotten(ExchangeId),
}

impl History {
    /// Appends an event to its exchange, which begins with its first event. Returns how many of the
    /// oldest exchanges were forgotten to make room.
    pub fn record(&mut self, id: ExchangeId, event: Event) -> usize {
        self.append(id, event);
        self.forget().len()
    }

    /// The same for exchanges that all are still to be told: to make room the longest ones are
    /// abridged first. Says what became of which.
    pub fn record_or_abridge(&mut self, id: ExchangeId, event: Event) -> Vec<NoRoom> {
        self.append(id, event);
        let mut no_room = Vec::new();
        while self.bytes > KEPT_HISTORY_BYTES {
            let longest = self.exchanges.iter_mut().max_by_key(|it| weight_of(it));
            let Some(longest) = longest else { break };
            let before = weight_of(longest);
            longest.abridge();
            let after = weight_of(longest);
            no_room.push(NoRoom::Abridged(longest.id));
            self.bytes = self.bytes.saturating_sub(before.saturating_sub(after));
            if after > before / 2 {
                // There is little left to leave out, here and in shorter ones.
                break;
            }
        }
        no_room.extend(self.forget().into_iter().map(NoRoom::Forgotten));
        no_room
    }

    fn append(&mut self, id: ExchangeId, event: Event) {
        if id <= self.forgotten {
            return;
        }
        let place = match self.place_of(id) {
            Ok(place) => place,
            // Two connections may begin at once, and the later one be heard of first.
            Err(place) => {
                self.exchanges.insert(place, Exchange::new(id));
                place
            }
        };
        let exchange = &mut self.exchanges[place];
        exchange.record(event);
        self.bytes += exchange.events().last().map_or(0, weight);
    }

    /// An empty history that drops late events of the exchanges of this one.
    pub fn successor(&self) -> Self {
        Self {
            forgotten: self.latest().map_or(self.forgotten, |latest| latest.id),
            ..Self::default()
        }
    }

    /// Takes an exchange out, if it is there still.
    pub fn take(&mut self, id: ExchangeId) -> Option<Exchange> {
        let exchange = self.exchanges.remove(self.index_of(id)?)?;
        self.bytes = self.bytes.saturating_sub(weight_of(&exchange));
        Some(exchange)
    }

    pub fn get(&self, id: ExchangeId) -> Option<&Exchange> {
        self.index_of(id).map(|index| &self.exchanges[index])
    }

    pub fn latest(&self) -> Option<&Exchange> {
        self.exchanges.back()
    }

    pub fn len(&self) -> usize {
        self.exchanges.len()
    }

    pub fn is_empty(&self) -> bool {
        self.exchanges.is_empty()
    }

    /// The exchange at a place in the list: 0 is the oldest kept.
    pub fn at(&self, place: usize) -> Option<&Exchange> {
        self.exchanges.get(place)
    }

    /// The place of an exchange in the list: 0 is the oldest kept.
    pub fn index_of(&self, id: ExchangeId) -> Option<usize> {
        self.place_of(id).ok()
    }

    /// Where an exchange is, or where it would have to be.
    fn place_of(&self, id: ExchangeId) -> Result<usize, usize> {
        self.exchanges
            .binary_search_by_key(&id, |exchange| exchange.id)
    }

    fn forget(&mut self) -> Vec<ExchangeId> {
        let mut forgotten = Vec::new();
        while self.exchanges.len() > 1
            && (self.exchanges.len() > KEPT_EXCHANGES || self.bytes > KEPT_HISTORY_BYTES)
        {
            if let Some(oldest) = self.exchanges.pop_front() {
                self.bytes = self.bytes.saturating_sub(weight_of(&oldest));
                self.forgotten = self.forgotten.max(oldest.id);
                forgotten.push(oldest.id);
            }
        }
        forgotten
    }
}

fn weight_of(exchange: &Exchange) -> usize {
    exchange.events().iter().map(weight).sum()
}

/// About how many bytes of memory an event holds. What it says stands in the fold once more, but
/// for what both share.
fn weight(event: &Event) -> usize {
    const OVERHEAD: usize = 150;
    if let EventKind::EnvironBuilt { environ } = &event.kind {
        let entries = environ.iter();
        return OVERHEAD
            + entries
                .map(|entry| OVERHEAD + entry.key.len() + entry.repr.len())
                .sum::<usize>();
    }
    OVERHEAD
        + match &event.kind {
            EventKind::BytesReceived { bytes }
            | EventKind::BytesSent { bytes }
            | EventKind::Block { bytes, .. } => 2 * bytes.kept.len(),
            EventKind::RequestRead(request) => {
                request.body.kept.len() + request.target.len() + pairs(&request.headers)
            }
            EventKind::Line(step) => {
                let locals = step.locals.iter();
                let locals =
                    locals.map(|(name, value)| name.len() + value.as_ref().map_or(0, String::len));
                2 * (step.place.file.len() + step.function.len() + locals.sum::<usize>())
            }
            EventKind::Printed { text, .. } | EventKind::Logged { text } => 2 * text.len(),
            EventKind::Raised(raised) => raised.message.len() + raised.traceback.len(),
            EventKind::StartResponse(started) => pairs(&started.headers),
            EventKind::HeadersSent { headers, .. } => 2 * pairs(headers),
            EventKind::EnvironChanged { changes } => changes
                .iter()
                .map(|change| 2 * (change.key.len() + change.repr.as_ref().map_or(0, String::len)))
                .sum(),
            _ => 0,
        }
}

fn pairs(headers: &[(String, String)]) -> usize {
    headers
        .iter()
        .map(|(name, value)| name.len() + value.len())
        .sum()
}

#[cfg(test)]
mod tests {
    use super::{History, NoRoom};
    use crate::exchange::{
        Event, EventKind, Excerpt, ExchangeId, KEPT_BYTES, KEPT_EXCHANGES, KEPT_HISTORY_BYTES,
    };

    fn finish(history: &mut History, id: ExchangeId) {
        let kind = EventKind::Finished;
        history.record(id, Event { at_us: 0, kind });
    }

    #[test]
    fn what_is_taken_out_makes_room() {
        let mut history = History::default();
        let event = || Event {
            at_us: 0,
            kind: EventKind::BytesReceived {
                bytes: Excerpt::new(&vec![b'x'; KEPT_BYTES], KEPT_BYTES),
            },
        };
        for id in 1..=1000 {
            assert_eq!(history.record(id, event()), 0);
            assert_eq!(history.take(id).map(|exchange| exchange.id), Some(id));
        }
        assert_eq!(history.take(1000), None);
        assert!(history.is_empty());
    }

    #[test]
    fn those_that_are_still_to_be_told_are_abridged() {
        let mut history = History::default();
        let event = || Event {
            at_us: 0,
            kind: EventKind::BytesReceived {
                bytes: Excerpt::new(&vec![b'x'; KEPT_BYTES], KEPT_BYTES),
            },
        };
        let ids = 1..=100;
        let mut no_room = Vec::new();
        for id in ids.clone() {
            no_room.extend(history.record_or_abridge(id, event()));
        }
        assert!(!no_room.is_empty() && history.bytes <= KEPT_HISTORY_BYTES);
        assert!(no_room.iter().all(|it| matches!(it, NoRoom::Abridged(_))));
        for id in ids {
            let exchange = history.take(id).unwrap();
            assert_eq!(exchange.now().bytes_in.length, KEPT_BYTES as u64);
        }
        assert_eq!(history.bytes, 0);
    }

    #[test]
    fn keeps_the_last_ones() {
        let mut history = History::default();
        for id in 1..=KEPT_EXCHANGES as ExchangeId + 3 {
            finish(&mut history, id);
        }
        assert_eq!(history.len(), KEPT_EXCHANGES);
        assert_eq!(history.at(0).map(|exchange| exchange.id), Some(4));
        finish(&mut history, 1);
        assert!(history.get(1).is_none());
    }

    #[test]
    fn the_order_is_that_of_the_numbers_and_not_of_arrival() {
        let mut history = History::default();
        for id in [2, 1, 3] {
            finish(&mut history, id);
        }
        let order: Vec<_> = (0..3).filter_map(|place| history.at(place)).collect();
        assert!(order.is_sorted_by_key(|exchange| exchange.id));
        assert_eq!(order.len(), 3);
    }

    #[test]
    fn a_successor_takes_nothing_of_what_came_before() {
        let mut history = History::default();
        finish(&mut history, 5);
        let mut history = history.successor();
        finish(&mut history, 5);
        assert!(history.is_empty());
        finish(&mut history, 6);
        assert_eq!(history.len(), 1);
    }

    #[test]
    fn keeps_a_bounded_number_of_bytes() {
        let mut history = History::default();
        let bytes = Excerpt::new(&vec![0; KEPT_BYTES], KEPT_BYTES);
        for id in 1..=200 {
            let bytes = bytes.clone();
            let kind = EventKind::BytesReceived { bytes };
            history.record(id, Event { at_us: 0, kind });
        }
        assert!(history.len() * KEPT_BYTES <= KEPT_HISTORY_BYTES);
        assert_eq!(history.latest().map(|exchange| exchange.id), Some(200));
    }
}

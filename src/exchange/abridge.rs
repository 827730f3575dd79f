//! An exchange without what an application or a client can make long, so that many can be kept that
//! go on.

use super::recorder::{Unrecorded, may_be_dropped};
use super::{Event, EventKind, Excerpt, Exchange, Moment};

/// Bytes of a request's body that stay.
const BODY: usize = 1024;

impl Exchange {
    /// Leaves out bytes, blocks, lines and output, and counts them in an
    /// [`EventKind::NotRecorded`]. The latest `start_response` stays, and all true lengths.
    pub(super) fn abridge(&mut self) {
        let is_start = |event: &Event| matches!(event.kind, EventKind::StartResponse(_));
        let latest_start = self.events.iter().rposition(is_start);
        let mut unrecorded = Unrecorded::default();
        let mut kept = Vec::new();
        for (at, mut event) in std::mem::take(&mut self.events).into_iter().enumerate() {
            if may_be_dropped(&event.kind) && Some(at) != latest_start {
                unrecorded.count(&event.kind);
                continue;
            }
            if let EventKind::RequestRead(request) = &mut event.kind
                && request.body.kept.len() > BODY
            {
                let mut short = (**request).clone();
                short.body = Excerpt {
                    kept: short.body.kept[..BODY].to_vec(),
                    ..short.body
                };
                *request = short.into();
            }
            kept.push(event);
        }
        let at_us = kept.last().map_or(0, |event| event.at_us);
        kept.push(Event {
            at_us,
            kind: unrecorded.into_event(),
        });
        self.now = Moment::after(&kept);
        self.events = kept;
        self.is_abridged = true;
    }
}

/// Leaves the bytes of an event out, and keeps their number.
pub(super) fn shorten(kind: &mut EventKind) {
    if let EventKind::BytesReceived { bytes }
    | EventKind::BytesSent { bytes }
    | EventKind::Block { bytes, .. } = kind
    {
        bytes.kept = Vec::new();
    }
}

#[cfg(test)]
mod tests {
    use crate::exchange::{BlockSource, Event, EventKind, Excerpt, Exchange, RequestRead};

    #[test]
    fn true_lengths_and_what_is_short_stay() {
        let bytes = || Excerpt::new(&[b'x'; 5000], 4000);
        let request = RequestRead {
            method: "POST".into(),
            target: "/a".into(),
            version: "HTTP/1.1".into(),
            headers: vec![],
            body: bytes(),
        };
        let kinds = [
            EventKind::BytesReceived { bytes: bytes() },
            EventKind::RequestRead(request.into()),
            EventKind::Block {
                source: BlockSource::Iterable,
                bytes: bytes(),
                sent: 4999,
            },
            EventKind::BytesSent { bytes: bytes() },
        ];
        let mut exchange = Exchange::new(1);
        for (at_us, kind) in (0..).zip(kinds) {
            exchange.record(Event { at_us, kind });
        }
        exchange.abridge();
        // It may become too long once more.
        let kind = EventKind::BytesSent { bytes: bytes() };
        exchange.record(Event { at_us: 9, kind });
        exchange.abridge();
        let kind = EventKind::Finished;
        exchange.record(Event { at_us: 9, kind });
        let now = exchange.now();
        let lengths = [&now.bytes_in, &now.body, &now.bytes_out].map(|it| it.length);
        assert_eq!(lengths, [5000, 4999, 10000]);
        let request = now.request.as_ref().unwrap();
        assert_eq!((request.body.kept.len(), request.body.length), (1024, 5000));
        assert_eq!(exchange.events().len(), 4);
    }
}

//! Stamps what happens with the time and hands it on, within the bounds of the record.

use std::sync::Arc;
use std::time::Instant;

use parking_lot::Mutex;

use super::{Event, EventKind, Excerpt, ExchangeId, KEPT_BYTES, KEPT_EVENTS};

/// Where recorded events go.
pub type Sink = Arc<dyn Fn(ExchangeId, Event) + Send + Sync>;

/// Records one exchange. Clones record the same exchange, from any thread.
#[derive(Clone)]
pub struct Recorder {
    id: ExchangeId,
    began: Instant,
    sink: Sink,
    // Held while an event is stamped and handed on, so that times never go back.
    counts: Arc<Mutex<Counts>>,
}

#[derive(Default)]
struct Counts {
    events: usize,
    /// When the last event happened.
    last_us: u64,
    unrecorded: Unrecorded,
    received: usize,
    sent: usize,
    blocks: usize,
    printed: usize,
}

/// What was too much to record.
#[derive(Default)]
pub(super) struct Unrecorded {
    events: u64,
    body: u64,
    received: u64,
    sent: u64,
    reads: u64,
}

impl Recorder {
    pub fn new(id: ExchangeId, sink: Sink) -> Self {
        Self {
            id,
            began: Instant::now(),
            sink,
            counts: Arc::default(),
        }
    }

    pub fn id(&self) -> ExchangeId {
        self.id
    }

    /// Records that something happened just now.
    pub fn record(&self, kind: EventKind) {
        self.record_earlier(kind, 0);
    }

    /// Records that something happened so many microseconds ago, but after everything recorded so
    /// far.
    pub fn record_earlier(&self, kind: EventKind, ago_us: u64) {
        self.record_with(kind, ago_us, |_| {});
    }

    /// Records that something happened so many microseconds ago, and gives a copy of what was
    /// recorded; nothing where it was too much.
    pub fn record_copied(&self, kind: EventKind, ago_us: u64) -> Option<Event> {
        let mut copy = None;
        self.record_with(kind, ago_us, |event| copy = Some(event.clone()));
        copy
    }

    /// Records something, and shows what is recorded of it.
    fn record_with(&self, kind: EventKind, ago_us: u64, show: impl FnOnce(&Event)) {
        let mut counts = self.counts.lock();
        let Some(kind) = counts.admit(kind) else {
            return;
        };
        if matches!(kind, EventKind::Finished) && counts.unrecorded.events > 0 {
            let kind = std::mem::take(&mut counts.unrecorded).into_event();
            self.hand_on(&mut counts, kind, 0, |_| {});
        }
        self.hand_on(&mut counts, kind, ago_us, show);
    }

    pub fn received(&self, bytes: &[u8]) {
        let bytes = self.excerpt(bytes, |counts| &mut counts.received);
        self.record(EventKind::BytesReceived { bytes });
    }

    pub fn sent(&self, bytes: &[u8]) {
        let bytes = self.excerpt(bytes, |counts| &mut counts.sent);
        self.record(EventKind::BytesSent { bytes });
    }

    /// A block of which the client gets the first `sent` bytes.
    pub fn block(&self, source: super::BlockSource, block: &Excerpt, sent: u64) {
        let mut bytes = self.excerpt(&block.kept, |counts| &mut counts.blocks);
        bytes.length = block.length;
        self.record(EventKind::Block {
            source,
            bytes,
            sent,
        });
    }

    fn excerpt(&self, bytes: &[u8], used: fn(&mut Counts) -> &mut usize) -> Excerpt {
        let mut counts = self.counts.lock();
        let used = used(&mut counts);
        let excerpt = Excerpt::new(bytes, KEPT_BYTES - *used);
        *used += excerpt.kept.len();
        excerpt
    }

    fn hand_on(
        &self,
        counts: &mut Counts,
        kind: EventKind,
        ago_us: u64,
        show: impl FnOnce(&Event),
    ) {
        let now_us = u64::try_from(self.began.elapsed().as_micros()).unwrap_or(u64::MAX);
        let at_us = now_us.saturating_sub(ago_us).max(counts.last_us);
        counts.last_us = at_us;
        let event = Event { at_us, kind };
        show(&event);
        (self.sink)(self.id, event);
    }
}

impl Counts {
    /// Passes an event, shortened where it must be, or counts it as unrecorded.
    fn admit(&mut self, kind: EventKind) -> Option<EventKind> {
        let kind = match kind {
            EventKind::Printed { output, text } => EventKind::Printed {
                output,
                text: self.shorten(text),
            },
            EventKind::Logged { text } => EventKind::Logged {
                text: self.shorten(text),
            },
            other => other,
        };
        self.events += 1;
        if self.events > KEPT_EVENTS && may_be_dropped(&kind) {
            self.unrecorded.count(&kind);
            return None;
        }
        Some(kind)
    }

    fn shorten(&mut self, mut text: String) -> String {
        let room = KEPT_BYTES - self.printed;
        if text.len() > room {
            text.truncate(text.floor_char_boundary(room));
        }
        self.printed += text.len();
        text
    }
}

impl Unrecorded {
    pub(super) fn count(&mut self, kind: &EventKind) {
        self.events += 1;
        match kind {
            EventKind::Block { sent, .. } => self.body += sent,
            EventKind::BytesReceived { bytes } => self.received += bytes.length,
            EventKind::BytesSent { bytes } => self.sent += bytes.length,
            EventKind::InputRead { .. } => self.reads += 1,
            _ => {}
        }
    }

    pub(super) fn into_event(self) -> EventKind {
        let Self {
            events,
            body,
            received,
            sent,
            reads,
        } = self;
        EventKind::NotRecorded {
            events,
            body,
            received,
            sent,
            reads,
        }
    }
}

/// Events an application or a client can cause without end.
pub(super) fn may_be_dropped(kind: &EventKind) -> bool {
    matches!(
        kind,
        EventKind::BytesReceived { .. }
            | EventKind::BytesSent { .. }
            | EventKind::Block { .. }
            | EventKind::InputRead { .. }
            | EventKind::RuleBroken(_)
            | EventKind::Line(_)
            | EventKind::Suspended(_)
            | EventKind::StartResponse(_)
            | EventKind::Printed { .. }
            | EventKind::Logged { .. }
    )
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use parking_lot::Mutex;

    use super::Recorder;
    use crate::exchange::{BlockSource, EventKind, Excerpt, KEPT_BYTES, KEPT_EVENTS};

    fn recorder() -> (Recorder, Arc<Mutex<Vec<EventKind>>>) {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let sink = Arc::clone(&seen);
        let recorder = Recorder::new(1, Arc::new(move |_, event| sink.lock().push(event.kind)));
        (recorder, seen)
    }

    #[test]
    fn a_body_without_end_is_counted_and_not_kept() {
        let (recorder, seen) = recorder();
        for _ in 0..3 {
            recorder.block(BlockSource::Iterable, &excerpt(KEPT_BYTES / 2 + 1), 0);
        }
        let kept: usize = seen.lock().iter().map(kept_bytes).sum();
        assert_eq!(kept, KEPT_BYTES);
    }

    fn excerpt(length: usize) -> Excerpt {
        Excerpt::new(&vec![b'x'; length], KEPT_BYTES)
    }

    fn kept_bytes(kind: &EventKind) -> usize {
        match kind {
            EventKind::Block { bytes, .. } => bytes.kept.len(),
            _ => 0,
        }
    }

    #[test]
    fn too_many_events_are_counted_and_the_end_still_comes() {
        let (recorder, seen) = recorder();
        for _ in 0..KEPT_EVENTS + 7 {
            recorder.block(BlockSource::Write, &excerpt(1), 1);
        }
        recorder.record(EventKind::CloseCalled);
        recorder.record(EventKind::Finished);
        let seen = seen.lock();
        assert_eq!(
            seen[seen.len() - 3..],
            [
                EventKind::CloseCalled,
                EventKind::NotRecorded {
                    events: 7,
                    body: 7,
                    received: 0,
                    sent: 0,
                    reads: 0
                },
                EventKind::Finished
            ]
        );
    }
}

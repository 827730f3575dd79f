//! The record. One HTTP request and all that follows from it is an [`Exchange`]: an append-only
//! list of timed [`Event`]s. What was true at any moment is a fold over the events up to it.
//!
//! This module knows no socket, no Python and no screen.

mod abridge;
mod difference;
mod environ_group;
mod event;
mod excerpt;
mod header;
mod history;
mod moment;
mod recorder;
mod sentence;
mod traceback;
mod visible;

pub use difference::{Difference, Part, differences};
pub use environ_group::{ENVIRON_GROUPS, environ_group};
pub use event::{
    Blame, BlockSource, By, Call, Entries, EnvironChange, EnvironEntry, EnvironValue, Event,
    EventKind, Lack, Limit, MissingFile, Origin, Output, Raised, RaisedIn, Refused, RequestRead,
    RuleBroken, Shared, StartResponse, Step, TimedOut,
};
pub use excerpt::Excerpt;
pub use header::header;
pub use history::{History, NoRoom};
pub use moment::{EndedEarly, Moment, Phase, Running};
pub use recorder::{Recorder, Sink};
pub use sentence::sentence;
pub use traceback::{Traceback, TracedCall};
pub use visible::{visible, visible_bytes, visible_json, visible_text};

/// Bytes of one direction of the wire, of the body, and of the app's output kept for one exchange.
/// The true length is always noted.
pub const KEPT_BYTES: usize = 256 * 1024;

/// Events kept for one exchange; what came after is counted in [`EventKind::NotRecorded`].
pub const KEPT_EVENTS: usize = 4_000;

/// Exchanges kept in the history.
pub const KEPT_EXCHANGES: usize = 1_000;

/// Bytes kept in the whole history; beyond them the oldest exchanges are forgotten.
pub const KEPT_HISTORY_BYTES: usize = 10 * 1024 * 1024;

/// The number of an exchange: 1 is the first of a run.
pub type ExchangeId = u64;

/// One request and everything that followed from it.
#[derive(Debug, Clone, PartialEq)]
pub struct Exchange {
    pub id: ExchangeId,
    events: Vec<Event>,
    /// The fold over all events, kept up to date: it is looked at many times a frame.
    now: Moment,
    /// Whether its bytes are left out.
    is_abridged: bool,
}

impl Exchange {
    pub fn new(id: ExchangeId) -> Self {
        Self {
            id,
            events: Vec::new(),
            now: Moment::default(),
            is_abridged: false,
        }
    }

    /// Appends an event.
    pub fn record(&mut self, mut event: Event) {
        if self.is_abridged {
            abridge::shorten(&mut event.kind);
        }
        self.now.apply(&event.kind);
        let finished = event.kind == EventKind::Finished;
        self.events.push(event);
        if finished {
            // It is kept for long, and most often nothing is added to it.
            self.events.shrink_to_fit();
            self.now.shrink();
        }
    }

    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// What is true after all events recorded so far.
    pub fn now(&self) -> &Moment {
        &self.now
    }

    /// Microseconds from the first event to the last one.
    pub fn duration_us(&self) -> u64 {
        match (self.events.first(), self.events.last()) {
            (Some(first), Some(last)) => last.at_us.saturating_sub(first.at_us),
            _ => 0,
        }
    }
}

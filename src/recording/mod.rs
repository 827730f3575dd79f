//! Recordings: exchanges in a file, to be looked at again later, by somebody else. The format is
//! documented in `docs/recording.md`.

mod error;
mod file;

use serde::{Deserialize, Serialize};

use crate::diagnosis::Sources;
use crate::exchange::{Event, EventKind, Exchange, ExchangeId, KEPT_EVENTS, visible_json};

pub use error::{FormatError, OpenError};
pub use file::{open, save};

/// The version of the format that is written, and the newest one that is read.
pub const FORMAT: u64 = 1;

/// More bytes of the app's source are not kept.
const SOURCE_BYTES: usize = 1024 * 1024;

/// A live exchange has a few more than [`KEPT_EVENTS`]: those that must not be lost.
const MAX_EVENTS: usize = 2 * KEPT_EVENTS;

/// Every key is compared with every other exchange's on each frame.
const MAX_KEYS: usize = 1_000;

/// Exchanges, and what was running when they happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recording {
    format: u64,
    /// The version of the tutor that wrote it.
    tutor: String,
    /// The number of the lesson; `None` for an application of one's own.
    pub lesson: Option<u32>,
    /// What ran, for people: `app.py`, `package.module:app`.
    pub app: String,
    /// The file it was in.
    pub file: Option<String>,
    /// What stood in the file.
    pub source: String,
    exchanges: Vec<Recorded>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Recorded {
    id: ExchangeId,
    events: Vec<Event>,
}

impl Recording {
    /// A recording of one exchange.
    pub fn of(
        exchange: &Exchange,
        lesson: Option<u32>,
        app: &str,
        file: Option<&str>,
        source: &str,
    ) -> Self {
        let end = source.floor_char_boundary(SOURCE_BYTES);
        Self {
            format: FORMAT,
            tutor: env!("CARGO_PKG_VERSION").to_owned(),
            lesson,
            app: app.to_owned(),
            file: file.map(str::to_owned),
            source: source[..end].to_owned(),
            exchanges: vec![Recorded {
                id: exchange.id,
                events: exchange.events().to_owned(),
            }],
        }
    }

    /// The application's file, for what is said of its mistakes.
    pub fn sources(&self) -> Sources {
        match &self.file {
            Some(file) => Sources::of(file, self.source.clone()),
            None => Sources::default(),
        }
    }

    /// The events of all exchanges, in order.
    pub fn events(&self) -> impl Iterator<Item = (ExchangeId, &Event)> {
        self.exchanges
            .iter()
            .flat_map(|one| one.events.iter().map(|event| (one.id, event)))
    }

    /// The exchanges, each with what is true at its end.
    pub fn exchanges(&self) -> impl Iterator<Item = Exchange> + '_ {
        self.exchanges.iter().map(|one| {
            let mut exchange = Exchange::new(one.id);
            for event in &one.events {
                exchange.record(event.clone());
            }
            exchange
        })
    }

    /// The number of the first exchange: a name for the file.
    pub fn first(&self) -> ExchangeId {
        self.exchanges.first().map_or(0, |one| one.id)
    }

    /// The text of the file.
    fn to_json(&self) -> serde_json::Result<String> {
        let mut text = visible_json(serde_json::to_string(self)?);
        text.push('\n');
        Ok(text)
    }

    /// Reads the text of a file. Anybody may have written it: what it says is checked, as far as
    /// something would go wrong.
    fn from_json(text: &[u8]) -> Result<Self, FormatError> {
        /// What every version has.
        #[derive(Deserialize)]
        struct Head {
            format: Option<u64>,
        }
        let head: Head = serde_json::from_slice(text)?;
        match head.format {
            Some(FORMAT) => {}
            Some(newer) if newer > FORMAT => return Err(FormatError::Newer(newer)),
            Some(other) => return Err(FormatError::Unknown(other)),
            None => return Err(FormatError::NoFormat),
        }
        let recording: Self = serde_json::from_slice(text)?;
        recording.validate()?;
        Ok(recording)
    }

    fn validate(&self) -> Result<(), FormatError> {
        if self.source.len() > SOURCE_BYTES {
            return Err(FormatError::LongSource);
        }
        if self.exchanges.is_empty() {
            return Err(FormatError::NoExchange);
        }
        let mut last = 0;
        for Recorded { id, events } in &self.exchanges {
            if *id <= last {
                return Err(FormatError::Order { id: *id, last });
            }
            last = *id;
            if events.is_empty() {
                return Err(FormatError::NoEvents(*id));
            }
            if events.len() > MAX_EVENTS {
                return Err(FormatError::ManyEvents {
                    id: *id,
                    events: events.len(),
                });
            }
            let keys = events.iter().map(|event| match &event.kind {
                EventKind::EnvironBuilt { environ } => environ.len(),
                _ => 0,
            });
            if keys.max() > Some(MAX_KEYS) {
                return Err(FormatError::ManyKeys(*id));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;

//! Recordings: exchanges in a file, to be looked at again later, by somebody else. The format is
//! documented in `docs/recording.md`.

mod file;

use serde::{Deserialize, Serialize};

use crate::diagnosis::Sources;
use crate::exchange::{Event, EventKind, Exchange, ExchangeId, KEPT_EVENTS, visible_json};

pub use file::{open, save};

/// The version of the format that is written, and the newest one that is read.
pub const FORMAT: u64 = 1;

/// More bytes of the app's source are not kept.
const SOURCE_BYTES: usize = 1024 * 1024;

/// A live exchange has a few more than [`KEPT_EVENTS`]: those that must not be lost.
const MOST_EVENTS: usize = 2 * KEPT_EVENTS;

/// Every key is compared with every other exchange's on each frame.
const MOST_KEYS: usize = 1_000;

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
    #[must_use]
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
    #[must_use]
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
    #[must_use]
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
    fn from_json(text: &[u8]) -> Result<Self, String> {
        /// What every version has.
        #[derive(Deserialize)]
        struct Head {
            format: Option<u64>,
        }
        let head: Head = serde_json::from_slice(text).map_err(|error| unreadable(&error))?;
        match head.format {
            Some(FORMAT) => {}
            Some(newer) if newer > FORMAT => {
                return Err(format!(
                    "it has the format {newer}, and this wsgi-tutor ({}) reads {FORMAT}; use a newer one",
                    env!("CARGO_PKG_VERSION")
                ));
            }
            Some(other) => return Err(format!("there is no format {other}")),
            None => return Err("it is no recording of wsgi-tutor: it has no \"format\"".to_owned()),
        }
        let recording: Self = serde_json::from_slice(text).map_err(|error| unreadable(&error))?;
        recording.check()?;
        Ok(recording)
    }

    fn check(&self) -> Result<(), String> {
        if self.source.len() > SOURCE_BYTES {
            return Err("its source is larger than 1 MiB".to_owned());
        }
        if self.exchanges.is_empty() {
            return Err("there is no exchange in it".to_owned());
        }
        let mut last = 0;
        for Recorded { id, events } in &self.exchanges {
            if *id <= last {
                return Err(format!(
                    "its exchange {id} comes after {last}; the numbers begin at 1 and rise"
                ));
            }
            last = *id;
            if events.is_empty() {
                return Err(format!("its exchange {id} has no events"));
            }
            if events.len() > MOST_EVENTS {
                return Err(format!(
                    "its exchange {id} has {} events, and {MOST_EVENTS} are the most",
                    events.len()
                ));
            }
            let keys = events.iter().map(|event| match &event.kind {
                EventKind::EnvironBuilt { environ } => environ.len(),
                _ => 0,
            });
            if keys.max() > Some(MOST_KEYS) {
                return Err(format!(
                    "environ of its exchange {id} has more than {MOST_KEYS} keys"
                ));
            }
        }
        Ok(())
    }
}

/// What the parser says, without the list of all names there are.
fn unreadable(error: &serde_json::Error) -> String {
    let whole = error.to_string();
    let place = match (error.line(), error.column()) {
        (0, _) => String::new(),
        (line, column) => format!(" (line {line}, column {column})"),
    };
    let what = whole.split(" at line ").next().unwrap_or(&whole);
    let what = what.split(", expected one of").next().unwrap_or(what);
    let kind = match error.classify() {
        serde_json::error::Category::Eof => "it ends too early",
        serde_json::error::Category::Data => "it is no recording of wsgi-tutor",
        _ => "it is no JSON",
    };
    format!("{kind}: {what}{place}")
}

#[cfg(test)]
mod tests;

//! Why a file cannot be opened as a recording.

use std::io;
use std::path::PathBuf;

use super::{FORMAT, MAX_EVENTS, MAX_KEYS};
use crate::exchange::ExchangeId;

/// Why a file cannot be shown; each error is one line that names the file.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("there is no file {}", .0.display())]
    Missing(PathBuf),
    #[error("{} cannot be shown: {error}", path.display())]
    Unreadable { path: PathBuf, error: io::Error },
    #[error("{} cannot be shown: {error}", path.display())]
    Invalid { path: PathBuf, error: FormatError },
}

/// What is wrong with the text of a recording.
#[derive(Debug, thiserror::Error)]
pub enum FormatError {
    #[error(
        "it has the format {0}, and this wsgi-tutor ({version}) reads {FORMAT}; use a newer one",
        version = env!("CARGO_PKG_VERSION")
    )]
    Newer(u64),
    #[error("there is no format {0}")]
    Unknown(u64),
    #[error("it is not a recording of wsgi-tutor: it has no \"format\"")]
    NoFormat,
    #[error("its source is larger than 1 MiB")]
    LongSource,
    #[error("there is no exchange in it")]
    NoExchange,
    #[error("its exchange {id} comes after {last}; the numbers start at 1 and increase")]
    Order { id: ExchangeId, last: ExchangeId },
    #[error("its exchange {0} has no events")]
    NoEvents(ExchangeId),
    #[error("its exchange {id} has {events} events; the limit is {MAX_EVENTS}")]
    ManyEvents { id: ExchangeId, events: usize },
    #[error("environ of its exchange {0} has more than {MAX_KEYS} keys")]
    ManyKeys(ExchangeId),
    #[error("{}", unreadable(.0))]
    Json(#[from] serde_json::Error),
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
        serde_json::error::Category::Data => "it is not a recording of wsgi-tutor",
        _ => "it is not JSON",
    };
    format!("{kind}: {what}{place}")
}

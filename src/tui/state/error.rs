//! Why what was filled in, or what an answer asks for, cannot be sent from the screen.

use crate::browser::FormError;

/// Why a request cannot be sent.
#[derive(Debug, thiserror::Error)]
pub enum RequestError {
    #[error("there is no link {0}")]
    NoLink(String),
    #[error("this link leads elsewhere, to {0}")]
    LinkElsewhere(String),
    #[error("a request has one body: leave the form or the body empty")]
    TwoBodies,
    #[error("'{0}' is no header; write Name: value, and | between two of them")]
    NoHeader(String),
    #[error(transparent)]
    Form(#[from] FormError),
}

//! What the gateway asks of an application, whoever runs it.

use serde_json::{Map, Value};

use super::Reply;

/// One call of an application.
#[derive(Debug)]
pub struct Call {
    /// The keys that are plain values: strings of latin-1 characters, and booleans. The `wsgi.*`
    /// objects are made where the application runs.
    pub environ: Map<String, Value>,
    /// The request's body, with any chunked coding removed.
    pub body: Vec<u8>,
}

/// Runs a WSGI application.
pub trait Application: Send + Sync {
    /// Calls the application and tells `reply` everything it does, in order. Returns when its
    /// iterable was closed.
    fn answer(&self, call: &Call, reply: &mut Reply);
}

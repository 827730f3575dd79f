//! What the gateway asks of an application, whoever runs it.

use std::any::Any;
use std::io::Read;

use serde_json::{Map, Value};

use super::concurrency::Concurrency;
use super::reply::Reply;

/// One call of an application.
pub struct Call {
    /// The keys that are plain values: strings of latin-1 characters, and booleans. The `wsgi.*`
    /// objects are made where the application runs.
    pub environ: Map<String, Value>,
    /// What [`Application::prepare`] made of it.
    pub prepared: Prepared,
    /// The request's body, with any chunked coding removed, to be read once; and its length in
    /// bytes. A large one is in a file.
    pub body: Box<dyn Read>,
    pub length: usize,
}

/// What an application made ready for a call. Where it is dropped without one, nothing comes of it.
pub type Prepared = Option<Box<dyn Any + Send>>;

/// Runs a WSGI application.
pub trait Application: Send + Sync {
    /// How its calls may coincide; the same for the whole run.
    fn concurrency(&self) -> Concurrency;

    /// Makes ready what a call with this environ and a body of so many bytes needs, and calls
    /// nothing: the request is still on its way through `tiny_http`.
    fn prepare(&self, _environ: &Map<String, Value>, _length: usize) -> Prepared {
        None
    }

    /// Calls the application and tells `reply` everything it does, in order. Returns when its
    /// iterable was closed.
    fn answer(&self, call: Call, reply: &mut Reply<'_>);
}

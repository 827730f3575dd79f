//! Finds what `run` and `check` are to run where the command line does not say: the Python for an application of
//! somebody's own. Files are read and parsed; nothing of the application's runs.

mod environment;
mod imports;
mod python;
mod syntax;

pub use python::{Surroundings, python};

use std::thread;

use crate::diagnosis::PARSER_STACK;

/// Does something that parses source on a thread with a stack for it. Nothing, when that is not possible.
fn with_deep_stack<T: Send>(work: impl FnOnce() -> T + Send) -> Option<T> {
    thread::scope(|scope| {
        let thread = thread::Builder::new()
            .name("locate".into())
            .stack_size(PARSER_STACK)
            .spawn_scoped(scope, work);
        thread.ok()?.join().ok()
    })
}

//! Finds what `run` and `check` are to run where the command line does not say: an application of
//! somebody's own, and the Python it runs in. Files are read and parsed; nothing of the
//! application's runs.

mod applications;
mod environment;
mod imports;
mod python;
mod surroundings;
mod syntax;

pub use applications::{Located, application};
pub use environment::BrokenEnvironment;
pub use python::python;
pub use surroundings::Surroundings;

use std::thread;

use crate::diagnosis::PARSER_STACK;

/// Does something that parses source on a thread with a stack for it. Nothing, when that is not
/// possible.
fn with_deep_stack<T: Send>(work: impl FnOnce() -> T + Send) -> Option<T> {
    thread::scope(|scope| {
        let thread = thread::Builder::new()
            .name("locate".into())
            .stack_size(PARSER_STACK)
            .spawn_scoped(scope, work);
        thread.ok()?.join().ok()
    })
}

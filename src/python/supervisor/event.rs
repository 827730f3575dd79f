//! What a supervisor reports: the events of one call, and what happens to the workers.

use std::io::Read;
use std::path::PathBuf;

use crate::exchange::{BlockSource, EnvironValue, EventKind, Raised};
use crate::python::about::About;

/// An event of one call of the application.
pub enum CallEvent<'a> {
    /// Nothing happened for a while. The answer says whether to keep waiting; it is no where the
    /// client has left and other requests wait.
    Waiting,
    /// The application was called so many microseconds ago, with this environ.
    Called {
        callable: String,
        environ: Vec<EnvironValue>,
        ago_us: u64,
    },
    Event(EventKind),
    /// An event of so many microseconds ago.
    Earlier(EventKind, u64),
    /// A block of `length` bytes, to be read from `bytes`. `only` says that it is the whole body.
    Block {
        source: BlockSource,
        only: bool,
        length: u64,
        bytes: &'a mut dyn Read,
    },
}

/// What happens to the workers outside of any request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SupervisorEvent {
    /// An interpreter runs.
    Ready(About),
    /// The application was loaded.
    Loaded(Code),
    /// The application could not be loaded.
    LoadFailed(Code, Box<Raised>),
    /// A worker ended.
    WorkerDied { reason: String },
}

/// The code of an application, as it was loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// The file it is in; unknown for a module that is not found.
    pub file: Option<PathBuf>,
    pub source: String,
    /// The other Python files of the project that it was made of, as they are now.
    pub others: Vec<(PathBuf, String)>,
    /// What is called, such as `function application`; empty when it could not be loaded.
    pub callable: String,
    /// What it printed while it was loaded.
    pub printed: String,
    /// The version of the Python that loaded it, such as `3.11.7`.
    pub python: String,
}

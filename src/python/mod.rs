//! The Python worker: a process of its own that runs the application, and those who look after it.
//! The same program, in `program/`, runs in the embedded interpreter and in a system Python.
//!
//! This module knows the record, and neither HTTP nor a screen.

mod choice;
mod conversation;
mod engine;
mod files;
mod frames;
mod frameworks;
mod guardian;
mod kin;
mod lane;
pub mod library;
mod loading;
mod memory;
#[cfg(feature = "embedded-python")]
mod native;
mod nursery;
mod output;
mod process;
mod program;
pub mod project;
mod protocol;
mod repr;
mod supervisor;
pub mod syntax;
mod target;
mod worker;

pub use choice::{Choice, Reason};
pub use engine::{About, Engine, HAS_EMBEDDED};
pub use guardian::{COMMAND as GUARDIAN_COMMAND, run as run_guardian};
pub use process::{COMMAND as WORKER_COMMAND, run as run_worker};
pub use supervisor::{Code, Happening, Notice, Prepared, Supervisor};
pub use target::{App, Crowd, Target, python_files};

use std::time::Duration;

/// How long an application may keep control before it is stopped, unless asked otherwise: in one call, one
/// `next()`, one `close()`, or while its file is loaded.
pub const DEFAULT_TIMEOUT: Duration = Duration::from_secs(10);

/// How much longer the supervisor waits for a worker that should have stopped itself.
const GRACE: Duration = Duration::from_secs(1);

/// How long an interpreter may take to start.
const START_DEADLINE: Duration = Duration::from_secs(20);

/// Address space a worker may use, in bytes. An application that asks for more fails; the machine
/// does not.
const MEMORY: u64 = 2 * 1024 * 1024 * 1024;

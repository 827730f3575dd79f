//! Runs the application in Python worker processes. Dependencies run one way: [`supervisor`] keeps
//! an application loaded and calls it, [`process`] starts and ends workers, [`protocol`] is what
//! they and this program say to each other. The same Python program, in `program/`, runs in the
//! embedded interpreter ([`embedded`]) and in a system Python.
//!
//! This module knows the record, and neither HTTP nor a screen.

mod about;
mod choice;
mod embedded;
mod engine;
mod error;
mod limits;
mod process;
mod program;
pub mod project;
mod protocol;
mod supervisor;
mod target;

pub use about::About;
pub use choice::{EngineChoice, Reason};
pub use embedded::{library, syntax};
pub use engine::{Engine, HAS_EMBEDDED};
pub use error::{EngineError, TargetError};
pub use limits::DEFAULT_TIMEOUT;
pub use process::watchdog::{COMMAND as WATCHDOG_COMMAND, run as run_watchdog};
pub use process::{COMMAND as WORKER_COMMAND, embedded_version, run as run_worker};
pub use supervisor::{CallEvent, CallRequest, Code, PreparedCall, Supervisor, SupervisorEvent};
pub use target::{App, PoolSize, Target, normalized, python_files};

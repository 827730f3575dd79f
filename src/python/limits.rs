//! The limits of time and memory that a worker runs under.

use std::time::Duration;

/// How long an application may keep control before it is stopped, unless asked otherwise: in one
/// call, one `next()`, one `close()`, or while its file is loaded.
pub const DEFAULT_TIMEOUT: Duration = Duration::from_secs(10);

/// How much longer the supervisor waits for a worker that should have stopped itself.
pub const TIMEOUT_GRACE: Duration = Duration::from_secs(1);

/// How long an interpreter may take to start.
pub const START_TIMEOUT: Duration = Duration::from_secs(20);

/// Address space of a worker, in bytes. An application that asks for more fails; the machine does
/// not.
pub const MAX_MEMORY: u64 = 2 * 1024 * 1024 * 1024;

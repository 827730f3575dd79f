//! File descriptors are what a server runs out of first, and the server behind the wire does not
//! survive it. So the connections are kept few enough that it never happens.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use crate::gateway::limits;

/// Descriptors for everything but connections: requests passed on, workers, files, the terminal.
const RESERVE: u64 = 160;
/// Enough for everything; more is not asked for.
const WANTED: u64 = 1024;

/// How many connections there may be at once. Raises this process's own limit if that helps.
pub fn connections() -> usize {
    let limit = getrlimit(Resource::Nofile);
    let most = limit.maximum.unwrap_or(WANTED).min(WANTED);
    let mut current = limit.current.unwrap_or(WANTED);
    if current < most {
        let raised = Rlimit {
            current: Some(most),
            maximum: limit.maximum,
        };
        if setrlimit(Resource::Nofile, raised).is_ok() {
            current = most;
        }
    }
    let room = current.saturating_sub(RESERVE).max(1);
    usize::try_from(room)
        .unwrap_or(usize::MAX)
        .min(limits::CONNECTIONS)
}

//! Keeps connections few enough that the process never runs out of file descriptors, which
//! `tiny_http` does not survive.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use crate::gateway::http::limits;

/// Descriptors for everything but connections: the passage through `tiny_http`, workers, files, the
/// terminal.
const RESERVE: u64 = 160;
/// Enough for everything; more is not asked for.
const WANTED: u64 = 1024;

/// How many connections there may be at once. Raises this process's own limit if that helps.
pub fn max_connections() -> usize {
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

//! Every time a client meets, in one place. How much it may send stands in `limits.rs`.

use std::time::Duration;

/// How long a client may take for what it does, and how long the gateway waits for it. The default
/// is what the tutor serves with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadlines {
    /// From the first byte to the end of the head, 10 s. Later: 408, and the connection is closed.
    pub head: Duration,
    /// From the end of the head to the end of the body, 30 s. Later: 408, and the connection is
    /// closed.
    pub body: Duration,
    /// How long a connection may stay open without a request, 75 s. Longer: it is closed, without
    /// a status, because nothing was asked.
    pub idle: Duration,
    /// How long a client may take no byte of an answer that waits for it, 30 s. Longer: the
    /// connection is closed. The status has left already; the client sees that the end is missing,
    /// and the record says that it has gone.
    pub stall: Duration,
    /// How long a refused client is still listened to, so that it can read why, 500 ms.
    pub linger: Duration,
    /// How long a new connection waits for a place when all others have a request, 1 s. Longer:
    /// 503, and the connection is closed.
    pub admission: Duration,
    /// A connection that has been idle for less than this, 100 ms, is not closed to make room: its
    /// request may be on the way.
    pub grace: Duration,
}

impl Default for Deadlines {
    fn default() -> Self {
        Self {
            head: Duration::from_secs(10),
            body: Duration::from_secs(30),
            idle: Duration::from_secs(75),
            stall: Duration::from_secs(30),
            linger: Duration::from_millis(500),
            admission: Duration::from_secs(1),
            grace: Duration::from_millis(100),
        }
    }
}

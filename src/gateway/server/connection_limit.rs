//! Limits how many connections are open. Browsers open spare connections and keep them; when there
//! are too many, the one that has been idle longest is closed.

use std::collections::HashMap;
use std::net::{Shutdown, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant};

use parking_lot::{Condvar, Mutex};

use super::concurrency_limit::ConcurrencyLimit;
use crate::gateway::http::deadlines::Deadlines;

/// All open connections.
#[derive(Clone)]
pub struct ConnectionLimit {
    /// New connections are admitted one at a time, in the order in which they came.
    queue: Arc<ConcurrencyLimit>,
    open: Arc<Mutex<Open>>,
    /// A connection ended, or became idle.
    changed: Arc<Condvar>,
    max: usize,
    deadlines: Deadlines,
}

#[derive(Default)]
struct Open {
    slots: HashMap<u64, Entry>,
    /// How many connections were admitted so far; the last one's number.
    admitted: u64,
    /// Whether a new connection waits for a slot.
    is_wanted: bool,
}

struct Entry {
    stream: Arc<TcpStream>,
    /// When the connection became idle; `None` while it is busy.
    idle_since: Option<Instant>,
}

/// One connection's place among those that are open. Dropping it frees the place.
pub struct Slot {
    limit: ConnectionLimit,
    number: u64,
}

impl ConnectionLimit {
    pub fn new(max: usize, deadlines: Deadlines) -> Self {
        Self {
            queue: Arc::new(ConcurrencyLimit::new(1)),
            open: Arc::default(),
            changed: Arc::default(),
            max,
            deadlines,
        }
    }

    /// Admits a connection, which counts as idle. Where there are too many, an idle one is closed
    /// first; where every connection has a request, it waits for one to end. `None` after
    /// `deadlines.admission`.
    pub fn admit(&self, stream: &Arc<TcpStream>) -> Option<Slot> {
        let _turn = self.queue.acquire(self.deadlines.admission, &mut || {});
        let deadline = Instant::now() + self.deadlines.admission;
        let mut open = self.open.lock();
        while open.slots.len() >= self.max {
            open.close_longest_idle(self.deadlines.grace);
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return None;
            }
            open.is_wanted = true;
            // An idle connection may have been idle long enough by then.
            let interval = left.min(self.deadlines.grace);
            self.changed.wait_for(&mut open, interval);
            open.is_wanted = false;
        }
        open.admitted += 1;
        let number = open.admitted;
        let slot = Entry {
            stream: Arc::clone(stream),
            idle_since: Some(Instant::now()),
        };
        open.slots.insert(number, slot);
        drop(open);
        Some(Slot {
            limit: self.clone(),
            number,
        })
    }

    /// Closes the connection that has been idle longest; false when none is idle.
    pub fn close_longest_idle(&self) -> bool {
        self.open.lock().close_longest_idle(self.deadlines.grace)
    }

    /// Wakes the new connection that waits, if one does. Notifying is a system call, and this runs
    /// twice for each request.
    fn notify(&self, open: &Open) {
        if open.is_wanted {
            self.changed.notify_one();
        }
    }
}

impl Open {
    fn close_longest_idle(&mut self, grace: Duration) -> bool {
        let oldest = self
            .slots
            .iter()
            .filter_map(|(&number, slot)| Some((slot.idle_since?, number)))
            .filter(|(since, _)| since.elapsed() >= grace)
            .min();
        let Some(slot) = oldest.and_then(|(_, number)| self.slots.get_mut(&number)) else {
            return false;
        };
        // Its thread reads the end of the stream and frees the slot; until then the descriptor is
        // in use. A request that has arrived but was not read yet comes before that end,
        // and is still answered. Shutting down fails where the client has gone, which frees
        // the slot too.
        slot.idle_since = None;
        let _ = slot.stream.shutdown(Shutdown::Read);
        true
    }
}

impl Slot {
    /// The connection waits for a request.
    pub fn idle(&self) {
        self.mark(true);
    }

    /// The connection has a request; it may not be closed to make room.
    pub fn busy(&self) {
        self.mark(false);
    }

    fn mark(&self, idle: bool) {
        let mut open = self.limit.open.lock();
        if let Some(slot) = open.slots.get_mut(&self.number) {
            slot.idle_since = idle.then(Instant::now);
        }
        if idle {
            self.limit.notify(&open);
        }
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        let mut open = self.limit.open.lock();
        open.slots.remove(&self.number);
        self.limit.notify(&open);
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::{TcpListener, TcpStream};
    use std::sync::Arc;

    use super::{ConnectionLimit, Deadlines, Duration, Slot};

    const MAX: usize = 8;

    /// Whether a connection still counts as idle.
    fn is_idle(slot: &Slot) -> bool {
        slot.limit.open.lock().slots[&slot.number]
            .idle_since
            .is_some()
    }

    #[test]
    fn the_connection_idle_longest_is_closed() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let connect = || {
            let client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
            (client, Arc::new(listener.accept().unwrap().0))
        };
        let limit = ConnectionLimit::new(MAX, Deadlines::default());
        let mut connections = Vec::new();
        for _ in 0..MAX {
            let (client, server) = connect();
            let slot = limit.admit(&server).unwrap();
            if connections.is_empty() {
                // The first one has a request and must stay.
                slot.busy();
            }
            connections.push((client, server, slot));
        }
        for (_, _, slot) in &connections[1..] {
            slot.idle();
        }
        // The second one's thread was too busy to read so far: it answers a request before it reads
        // the end, and the new connection gets its slot.
        let (mut client, server, slot) = connections.remove(1);
        client.write_all(b"asked").unwrap();
        let leaver = std::thread::spawn(move || {
            while is_idle(&slot) {
                std::thread::yield_now();
            }
            let mut received = String::new();
            (&*server).read_to_string(&mut received).unwrap();
            (&*server).write_all(received.as_bytes()).unwrap();
            drop((server, slot));
        });
        let (_client, server) = connect();
        let newcomer = limit.admit(&server).unwrap();
        leaver.join().unwrap();
        let mut answered = String::new();
        client.read_to_string(&mut answered).unwrap();
        assert_eq!(answered, "asked");
        assert_eq!(limit.open.lock().slots.len(), MAX);
        newcomer.busy();
        for (_, _, slot) in &connections {
            slot.busy();
        }
        assert!(limit.admit(&connect().1).is_none());
    }

    #[test]
    fn slots_are_given_in_the_order_of_connections() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let connect = || {
            let client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
            (client, Arc::new(listener.accept().unwrap().0))
        };
        let deadlines = Deadlines {
            admission: Duration::from_mins(1),
            ..Deadlines::default()
        };
        let limit = ConnectionLimit::new(1, deadlines);
        let (_client, server) = connect();
        let slot = limit.admit(&server).unwrap();
        slot.busy();
        let (_client, first) = connect();
        let (_client, second) = connect();
        std::thread::scope(|scope| {
            let first = scope.spawn(|| limit.admit(&first).unwrap());
            while !limit.open.lock().is_wanted {
                std::thread::yield_now();
            }
            let second = scope.spawn(|| limit.admit(&second).unwrap());
            drop(slot);
            let first = first.join().unwrap();
            first.busy();
            assert!(!second.is_finished());
            drop(first);
            second.join().unwrap();
        });
    }
}

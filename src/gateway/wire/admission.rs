//! Who may stay connected. Browsers open spare connections and keep them; when there are too many,
//! the one that has been idle longest gives way.

use std::collections::HashMap;
use std::net::{Shutdown, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::gate::Gate;
use crate::gateway::deadlines::Deadlines;

/// All open connections.
#[derive(Clone)]
pub struct Admission {
    /// Newcomers are admitted one after the other, as they came.
    door: Arc<Gate>,
    open: Arc<Mutex<Open>>,
    /// A connection ended, or became idle.
    changed: Arc<Condvar>,
    /// How many there may be.
    most: usize,
    deadlines: Deadlines,
}

#[derive(Default)]
struct Open {
    seats: HashMap<u64, Occupied>,
    /// How many connections there were so far; the last one's number.
    admitted: u64,
    /// Whether the newcomer at the door waits for a place.
    is_wanted: bool,
}

struct Occupied {
    stream: Arc<TcpStream>,
    /// When the connection became idle; `None` while it is busy.
    idle_since: Option<Instant>,
}

/// One connection's place. Dropping it frees the place.
pub struct Seat {
    admission: Admission,
    number: u64,
}

impl Admission {
    pub fn new(most: usize, deadlines: Deadlines) -> Self {
        Self {
            door: Arc::new(Gate::new(1)),
            open: Arc::default(),
            changed: Arc::default(),
            most,
            deadlines,
        }
    }

    /// Admits a connection, idle so far; makes room first when there is none. When every connection
    /// has a request it waits for one of them, and at last gives up.
    pub fn admit(&self, stream: &Arc<TcpStream>) -> Option<Seat> {
        let _turn = self.door.enter(self.deadlines.admission, &mut || {});
        let deadline = Instant::now() + self.deadlines.admission;
        let mut open = self.lock();
        while open.seats.len() >= self.most {
            open.close_the_most_idle(self.deadlines.grace);
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return None;
            }
            open.is_wanted = true;
            // One of the idle may have become idle long enough meanwhile.
            let waited = self
                .changed
                .wait_timeout(open, left.min(self.deadlines.grace));
            open = waited.unwrap_or_else(PoisonError::into_inner).0;
            open.is_wanted = false;
        }
        open.admitted += 1;
        let number = open.admitted;
        let seat = Occupied {
            stream: Arc::clone(stream),
            idle_since: Some(Instant::now()),
        };
        open.seats.insert(number, seat);
        drop(open);
        Some(Seat {
            admission: self.clone(),
            number,
        })
    }

    /// Closes the connection that has been idle longest; false when none is idle.
    pub fn close_the_most_idle(&self) -> bool {
        self.lock().close_the_most_idle(self.deadlines.grace)
    }

    /// Wakes the newcomer that waits, if one does: that asks the system, for each request twice.
    fn tell(&self, open: &Open) {
        if open.is_wanted {
            self.changed.notify_one();
        }
    }

    fn lock(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Open {
    fn close_the_most_idle(&mut self, grace: Duration) -> bool {
        let oldest = self
            .seats
            .iter()
            .filter_map(|(&number, seat)| Some((seat.idle_since?, number)))
            .filter(|(since, _)| since.elapsed() >= grace)
            .min();
        let Some(seat) = oldest.and_then(|(_, number)| self.seats.get_mut(&number)) else {
            return false;
        };
        // Its thread sees the end of the stream and frees the seat: until then its descriptor is
        // in use. A request that came already, and that its thread had no time to read yet, stands
        // before that end and is still answered. A client that is gone is so much the better.
        seat.idle_since = None;
        let _ = seat.stream.shutdown(Shutdown::Read);
        true
    }
}

impl Seat {
    /// The connection waits for a request.
    pub fn idle(&self) {
        self.mark(true);
    }

    /// The connection has a request; it may not be closed to make room.
    pub fn busy(&self) {
        self.mark(false);
    }

    fn mark(&self, idle: bool) {
        let mut open = self.admission.lock();
        if let Some(seat) = open.seats.get_mut(&self.number) {
            seat.idle_since = idle.then(Instant::now);
        }
        if idle {
            self.admission.tell(&open);
        }
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut open = self.admission.lock();
        open.seats.remove(&self.number);
        self.admission.tell(&open);
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::{TcpListener, TcpStream};
    use std::sync::Arc;

    use super::{Admission, Deadlines, Duration, Seat};

    const MOST: usize = 8;

    /// Whether a connection still counts as idle.
    fn is_idle(seat: &Seat) -> bool {
        seat.admission.lock().seats[&seat.number]
            .idle_since
            .is_some()
    }

    #[test]
    fn the_connection_idle_longest_gives_way() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let connect = || {
            let client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
            (client, Arc::new(listener.accept().unwrap().0))
        };
        let admission = Admission::new(MOST, Deadlines::default());
        let mut connections = Vec::new();
        for _ in 0..MOST {
            let (client, server) = connect();
            let seat = admission.admit(&server).unwrap();
            if connections.is_empty() {
                // The first one has a request and must stay.
                seat.busy();
            }
            connections.push((client, server, seat));
        }
        for (_, _, seat) in &connections[1..] {
            seat.idle();
        }
        // As its thread would that had no time so far: the second answers a request before it sees the end,
        // and the newcomer gets its seat.
        let (mut client, server, seat) = connections.remove(1);
        client.write_all(b"asked").unwrap();
        let leaver = std::thread::spawn(move || {
            while is_idle(&seat) {
                std::thread::yield_now();
            }
            let mut came = String::new();
            (&*server).read_to_string(&mut came).unwrap();
            (&*server).write_all(came.as_bytes()).unwrap();
            drop((server, seat));
        });
        let (_client, server) = connect();
        let newcomer = admission.admit(&server).unwrap();
        leaver.join().unwrap();
        let mut answered = String::new();
        client.read_to_string(&mut answered).unwrap();
        assert_eq!(answered, "asked");
        assert_eq!(admission.lock().seats.len(), MOST);
        newcomer.busy();
        for (_, _, seat) in &connections {
            seat.busy();
        }
        assert!(admission.admit(&connect().1).is_none());
    }

    #[test]
    fn newcomers_get_places_in_the_order_in_which_they_came() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let connect = || {
            let client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
            (client, Arc::new(listener.accept().unwrap().0))
        };
        let patient = Deadlines {
            admission: Duration::from_mins(1),
            ..Deadlines::default()
        };
        let admission = Admission::new(1, patient);
        let (_client, server) = connect();
        let seat = admission.admit(&server).unwrap();
        seat.busy();
        let (_client, first) = connect();
        let (_client, second) = connect();
        std::thread::scope(|scope| {
            let first = scope.spawn(|| admission.admit(&first).unwrap());
            while !admission.lock().is_wanted {
                std::thread::yield_now();
            }
            let second = scope.spawn(|| admission.admit(&second).unwrap());
            drop(seat);
            let first = first.join().unwrap();
            first.busy();
            assert!(!second.is_finished());
            drop(first);
            second.join().unwrap();
        });
    }
}

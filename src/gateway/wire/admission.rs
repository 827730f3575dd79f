//! Who may stay connected. Browsers open spare connections and keep them; when there are too many,
//! the one that has been idle longest gives way.

use std::collections::HashMap;
use std::net::{Shutdown, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// All open connections.
#[derive(Clone)]
pub struct Admission {
    open: Arc<Mutex<Open>>,
    /// How many there may be.
    most: usize,
}

#[derive(Default)]
struct Open {
    seats: HashMap<u64, Occupied>,
    /// Counts admissions and changes between idle and busy; orders the idle by age.
    clock: u64,
}

struct Occupied {
    stream: Arc<TcpStream>,
    /// The clock's reading when the connection became idle; `None` while it is busy.
    idle_since: Option<u64>,
}

/// One connection's place. Dropping it frees the place.
pub struct Seat {
    admission: Admission,
    number: u64,
}

impl Admission {
    pub fn new(most: usize) -> Self {
        Self {
            open: Arc::default(),
            most,
        }
    }

    /// Admits a connection, idle so far; makes room first when there is none. `None` when every
    /// connection has a request.
    pub fn admit(&self, stream: &Arc<TcpStream>) -> Option<Seat> {
        let is_full = self.lock().seats.len() >= self.most;
        if is_full && !self.close_the_most_idle() {
            return None;
        }
        let mut open = self.lock();
        open.clock += 1;
        let number = open.clock;
        let seat = Occupied {
            stream: Arc::clone(stream),
            idle_since: Some(number),
        };
        open.seats.insert(number, seat);
        Some(Seat {
            admission: self.clone(),
            number,
        })
    }

    /// Closes the connection that has been idle longest; false when none is idle.
    pub fn close_the_most_idle(&self) -> bool {
        let mut open = self.lock();
        let oldest = open
            .seats
            .iter()
            .filter_map(|(&number, seat)| Some((seat.idle_since?, number)))
            .min();
        let Some((_, number)) = oldest else {
            return false;
        };
        let Some(seat) = open.seats.remove(&number) else {
            return false;
        };
        // Its thread sees the end of the stream and ends; if it is gone already, so much the better.
        let _ = seat.stream.shutdown(Shutdown::Both);
        true
    }

    fn lock(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
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
        open.clock += 1;
        let now = open.clock;
        if let Some(seat) = open.seats.get_mut(&self.number) {
            seat.idle_since = idle.then_some(now);
        }
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.admission.lock().seats.remove(&self.number);
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;
    use std::net::{TcpListener, TcpStream};
    use std::sync::Arc;

    use super::Admission;

    const MOST: usize = 8;

    #[test]
    fn the_connection_idle_longest_gives_way() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let connect = || {
            let client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
            (client, Arc::new(listener.accept().unwrap().0))
        };
        let admission = Admission::new(MOST);
        let mut connections = Vec::new();
        for _ in 0..=MOST {
            let (client, server) = connect();
            let seat = admission.admit(&server).unwrap();
            if connections.is_empty() {
                // The first one has a request and must stay.
                seat.busy();
            }
            connections.push((client, server, seat));
        }
        let (second, ..) = &mut connections[1];
        assert_eq!(second.read(&mut [0]).unwrap(), 0);
        assert_eq!(admission.lock().seats.len(), MOST);
        for (_, _, seat) in &connections {
            seat.busy();
        }
        assert!(admission.admit(&connect().1).is_none());
    }
}

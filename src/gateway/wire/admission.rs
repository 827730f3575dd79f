//! Who may stay connected. Browsers open spare connections and keep them; when there are too many,
//! the one that has been idle longest gives way.

use std::collections::HashMap;
use std::io;
use std::net::{Shutdown, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::gateway::limits;

/// All open connections.
#[derive(Clone, Default)]
pub struct Admission(Arc<Mutex<Open>>);

#[derive(Default)]
struct Open {
    seats: HashMap<u64, Occupied>,
    /// Counts admissions and changes between idle and busy; orders the idle by age.
    clock: u64,
}

struct Occupied {
    stream: TcpStream,
    /// The clock's reading when the connection became idle; `None` while it is busy.
    idle_since: Option<u64>,
}

/// One connection's place. Dropping it frees the place.
pub struct Seat {
    admission: Admission,
    number: u64,
}

impl Admission {
    /// Admits a connection, idle so far; makes room first when there is none.
    pub fn admit(&self, stream: &TcpStream) -> io::Result<Seat> {
        let stream = stream.try_clone()?;
        if self.lock().seats.len() >= limits::CONNECTIONS {
            self.close_the_most_idle();
        }
        let mut open = self.lock();
        open.clock += 1;
        let number = open.clock;
        let idle_since = Some(number);
        open.seats.insert(number, Occupied { stream, idle_since });
        Ok(Seat {
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
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
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

    use super::Admission;
    use crate::gateway::limits;

    #[test]
    fn the_connection_idle_longest_gives_way() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let connect = || {
            let client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
            (client, listener.accept().unwrap().0)
        };
        let admission = Admission::default();
        let mut connections = Vec::new();
        for _ in 0..=limits::CONNECTIONS {
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
        assert_eq!(admission.lock().seats.len(), limits::CONNECTIONS);
    }
}

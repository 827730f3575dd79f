//! The wire: the only part that talks to clients. It reads each request whole, under limits and
//! deadlines, refuses what is malformed, records the true bytes in both directions, passes the
//! request on in a form the server behind it cannot get wrong, and relays the answer as it comes.
//! It alone decides about keep-alive and closing.

mod admission;
pub mod answers;
pub mod body;
mod chunk_line;
mod chunked;
mod connection;
mod crew;
mod descriptors;
mod field;
mod gate;
pub mod head;
mod host;
pub mod outlet;
mod page;
mod refusal;
mod relay;

use std::io;
use std::net::{SocketAddr, TcpListener, TcpStream, ToSocketAddrs as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use admission::Admission;
use answers::Answers;
use crew::Crew;
use gate::Gate;

use super::deadlines::Deadlines;
use super::serve::Inside;
use crate::exchange::{Recorder, Sink};

/// How many ports are tried after the one asked for.
const PORTS_TRIED: u16 = 100;
/// How long to wait when the system has no file descriptor left and no connection is idle.
const BREATH: Duration = Duration::from_millis(50);

/// What every connection needs.
pub struct Wire {
    /// The server behind the wire, and the application.
    inside: Inside,
    deadlines: Deadlines,
    sink: Sink,
    next: AtomicU64,
    /// How many requests may be passed on at once: as many as the application takes.
    gate: Arc<Gate>,
    answers: Arc<Answers>,
}

impl Wire {
    /// Begins the record of another exchange.
    fn recorder(&self) -> Recorder {
        let id = self.next.fetch_add(1, Ordering::Relaxed);
        Recorder::new(id, Arc::clone(&self.sink))
    }
}

/// Binds the port, or the next free one.
pub fn bind(host: &str, port: u16) -> io::Result<TcpListener> {
    let mut addresses: Vec<SocketAddr> = (host, port).to_socket_addrs()?.collect();
    // A name often stands for ::1 and 127.0.0.1; every client knows the latter.
    addresses.sort_by_key(SocketAddr::is_ipv6);
    let Some(&address) = addresses.first() else {
        return Err(io::Error::from(io::ErrorKind::AddrNotAvailable));
    };
    let last = if port == 0 {
        0
    } else {
        port.saturating_add(PORTS_TRIED)
    };
    let mut taken = None;
    for port in port..=last {
        match TcpListener::bind(SocketAddr::new(address.ip(), port)) {
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => taken = Some(error),
            result => return result,
        }
    }
    Err(taken.unwrap_or_else(|| io::Error::from(io::ErrorKind::AddrInUse)))
}

/// Where clients come in.
struct Entrance {
    listener: TcpListener,
    admission: Admission,
    crew: Crew,
    wire: Wire,
}

/// Accepts connections and serves them until the process ends. The answers that go on are kept in the list
/// that is returned.
pub fn start(
    listener: TcpListener,
    inside: Inside,
    deadlines: Deadlines,
    sink: Sink,
) -> io::Result<Arc<Answers>> {
    let answers = Arc::new(Answers::default());
    let entrance = Arc::new(Entrance {
        listener,
        admission: Admission::new(descriptors::connections(), deadlines),
        crew: Crew::new(),
        wire: Wire {
            gate: Arc::new(Gate::new(inside.calls())),
            answers: Arc::clone(&answers),
            inside,
            deadlines,
            sink,
            next: AtomicU64::new(1),
        },
    });
    (0..crew::ACCEPTING).try_for_each(|_| entrance.hire())?;
    Ok(answers)
}

impl Entrance {
    fn hire(self: &Arc<Self>) -> io::Result<()> {
        let entrance = Arc::clone(self);
        crew::hire(move || entrance.work())
    }

    /// What each thread of the crew does.
    fn work(self: &Arc<Self>) {
        loop {
            let (stream, client) = self.accept();
            let seat = self.admission.admit(&stream);
            if self.crew.leave(|| self.hire()).is_err() {
                // Without a thread the connection is closed, and the client may try again.
                continue;
            }
            match &seat {
                Some(seat) => connection::serve(&stream, client, &self.wire, seat),
                None => connection::turn_away(&stream, client, &self.wire),
            }
            drop((stream, seat));
            if !self.crew.come_back() {
                return;
            }
        }
    }

    /// The next connection.
    fn accept(&self) -> (Arc<TcpStream>, SocketAddr) {
        loop {
            match self.listener.accept() {
                Ok((stream, client)) => return (Arc::new(stream), client),
                // A client that left before it was accepted is no reason to wait.
                Err(error) if error.kind() == io::ErrorKind::ConnectionAborted => {}
                // Out of file descriptors, most likely: an idle connection gives one back.
                Err(_) => {
                    if !self.admission.close_the_most_idle() {
                        thread::park_timeout(BREATH);
                    }
                }
            }
        }
    }
}

//! Binds the port, accepts connections, and serves each on the thread that accepted it.

use std::io;
use std::net::{SocketAddr, TcpListener, TcpStream, ToSocketAddrs as _};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use super::accept_pool::{self, AcceptPool};
use super::connection_limit::ConnectionLimit;
use super::{Server, connection, descriptors};

/// How many ports are tried after the one asked for.
const PORTS_TRIED: u16 = 100;
/// How long to wait before `accept` is tried again when the process has no file descriptor left and
/// no connection is idle.
const RETRY_INTERVAL: Duration = Duration::from_millis(50);

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
    let mut in_use = None;
    for port in port..=last {
        match TcpListener::bind(SocketAddr::new(address.ip(), port)) {
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => in_use = Some(error),
            result => return result,
        }
    }
    Err(in_use.unwrap_or_else(|| io::Error::from(io::ErrorKind::AddrInUse)))
}

/// Accepts connections and serves them until the process ends.
///
/// # Errors
/// When no thread can be started.
pub fn start(socket: TcpListener, server: Server) -> io::Result<()> {
    let listener = Arc::new(Listener {
        socket,
        connections: ConnectionLimit::new(descriptors::max_connections(), server.deadlines),
        pool: AcceptPool::new(),
        server,
    });
    (0..accept_pool::ACCEPT_THREADS).try_for_each(|_| listener.add_thread())
}

struct Listener {
    socket: TcpListener,
    connections: ConnectionLimit,
    pool: AcceptPool,
    server: Server,
}

impl Listener {
    fn add_thread(self: &Arc<Self>) -> io::Result<()> {
        let listener = Arc::clone(self);
        accept_pool::spawn(move || listener.run())
    }

    /// What each thread of the pool does.
    fn run(self: &Arc<Self>) {
        loop {
            let (stream, client) = self.accept();
            let slot = self.connections.admit(&stream);
            if self.pool.leave(|| self.add_thread()).is_err() {
                // No other thread would accept: the connection is closed, and the client may try
                // again.
                continue;
            }
            match &slot {
                Some(slot) => connection::serve(&stream, client, &self.server, slot),
                None => connection::reject(&stream, client, &self.server),
            }
            drop((stream, slot));
            if !self.pool.rejoin() {
                return;
            }
        }
    }

    /// The next connection.
    fn accept(&self) -> (Arc<TcpStream>, SocketAddr) {
        loop {
            match self.socket.accept() {
                Ok((stream, client)) => return (Arc::new(stream), client),
                // A client that left before it was accepted is no reason to wait.
                Err(error) if error.kind() == io::ErrorKind::ConnectionAborted => {}
                // Out of file descriptors, most likely: closing an idle connection frees one.
                Err(_) => {
                    if !self.connections.close_longest_idle() {
                        thread::park_timeout(RETRY_INTERVAL);
                    }
                }
            }
        }
    }
}

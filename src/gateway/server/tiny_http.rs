//! The passage through `tiny_http`: every request goes through a `tiny_http` server on a Unix
//! socket in a private folder, and comes out to be answered.
//!
//! `tiny_http` must never meet a client's bytes: an absurd Content-Length aborts the process, and a
//! byte that is not ASCII closes the connection without an answer. So a request is read and checked
//! first ([`connection`](super::connection)); what is sent here is plain ASCII with one
//! Content-Length, and a number that tells requests apart when they come out.

use std::collections::{HashMap, HashSet};
use std::io::{self, Write};
use std::os::fd::AsFd as _;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use parking_lot::Mutex;
use rustix::event::{PollFd, PollFlags};

use super::body::Body;
use crate::exchange::ExchangeId;
use crate::gateway::http::head::Head;
use crate::gateway::wsgi::latin1;
use crate::poll::poll_for;

/// The header that carries the number of the exchange.
const NUMBER_HEADER: &str = "X-Wsgi-Tutor-Exchange";

/// How long a request may take through `tiny_http`, and how often to check that it still can.
const PASSAGE_TIMEOUT: Duration = Duration::from_secs(10);
const CHECK_INTERVAL: Duration = Duration::from_millis(500);
/// `tiny_http` reads a body of up to this many bytes before it hands out the request.
const MAX_BUFFERED_BODY: usize = 1024;
/// How many bytes of a longer body are in the socket at once: far less than its buffer holds.
const CHUNK: usize = 16 * 1024;

/// A `tiny_http` server and the connections to it.
pub struct Passage {
    socket: PathBuf,
    /// The thread that holds the lock receives the next request, its own or another's.
    receiver: Mutex<Receiver>,
    /// Connections that carry no request now. Each occupies a thread of `tiny_http`.
    idle: Mutex<Vec<UnixStream>>,
    /// Held while connecting: of several connections at once, `tiny_http` would queue some behind
    /// a thread that serves another connection for ever.
    connecting: Mutex<()>,
}

/// Where requests come out.
struct Receiver {
    server: Option<tiny_http::Server>,
    /// The requests that threads wait for, and those of them that another thread received.
    expected: HashSet<ExchangeId>,
    received: HashMap<ExchangeId, tiny_http::Request>,
}

/// A request that has come through, ready to be answered.
pub struct Passed {
    /// Takes the response.
    pub writer: Box<dyn Write + Send>,
    /// Where the response comes out.
    pub upstream: UnixStream,
}

impl Passage {
    /// Starts the server on a socket with this path, whose folder must be private.
    ///
    /// # Errors
    /// When the socket cannot be bound or no thread started.
    pub fn start(socket: PathBuf) -> io::Result<Self> {
        Ok(Self {
            receiver: Mutex::new(Receiver {
                server: Some(listen(&socket)?),
                expected: HashSet::new(),
                received: HashMap::new(),
            }),
            socket,
            idle: Mutex::default(),
            connecting: Mutex::default(),
        })
    }

    /// The private folder, for bodies and responses too large for memory.
    pub fn folder(&self) -> &Path {
        self.socket.parent().unwrap_or(Path::new("."))
    }

    /// Sends a request through `tiny_http`, and calls `meanwhile` while it is on its way. The bytes
    /// of `body` that come out replace those that went in.
    ///
    /// # Errors
    /// When the system is short of something, such as file descriptors.
    pub fn pass<T>(
        &self,
        id: ExchangeId,
        head: &Head,
        body: &mut Body,
        meanwhile: impl FnOnce() -> T,
    ) -> io::Result<(Passed, T)> {
        let mut bytes = inner_head(head, body.length(), id);
        bytes.extend(body.if_at_most(MAX_BUFFERED_BODY).unwrap_or_default());
        self.receiver.lock().expected.insert(id);
        let received = self.send(id, &bytes, meanwhile);
        self.receiver.lock().expected.remove(&id);
        let (request, upstream, value) = received?;
        let writer = take_body(request, &upstream, body)?;
        Ok((Passed { writer, upstream }, value))
    }

    /// Keeps a connection whose response has left it whole for another request.
    pub fn recycle(&self, upstream: UnixStream) {
        self.idle.lock().push(upstream);
    }

    /// Sends these bytes, on an idle connection if there is one, and waits for the request.
    fn send<T>(
        &self,
        id: ExchangeId,
        bytes: &[u8],
        meanwhile: impl FnOnce() -> T,
    ) -> io::Result<(tiny_http::Request, UnixStream, T)> {
        let idle = self.idle.lock().pop();
        if let Some(mut idle) = idle
            && idle.write_all(bytes).is_ok()
        {
            let value = meanwhile();
            return match self.receive(id, &idle) {
                Ok(request) => Ok((request, idle, value)),
                // The server had closed it already, and the request was lost with it.
                Err(_) => self.send_on_new_connection(id, bytes, || value),
            };
        }
        self.send_on_new_connection(id, bytes, meanwhile)
    }

    fn send_on_new_connection<T>(
        &self,
        id: ExchangeId,
        bytes: &[u8],
        meanwhile: impl FnOnce() -> T,
    ) -> io::Result<(tiny_http::Request, UnixStream, T)> {
        let _connecting = self.connecting.lock();
        let mut upstream = UnixStream::connect(&self.socket)?;
        upstream.write_all(bytes)?;
        let value = meanwhile();
        Ok((self.receive(id, &upstream)?, upstream, value))
    }

    fn receive(&self, id: ExchangeId, upstream: &UnixStream) -> io::Result<tiny_http::Request> {
        let deadline = Instant::now() + PASSAGE_TIMEOUT;
        let mut receiver = self.receiver.lock();
        loop {
            if let Some(request) = receiver.received.remove(&id) {
                return Ok(request);
            }
            let server = match &receiver.server {
                Some(server) => server,
                None => receiver.server.insert(listen(&self.socket)?),
            };
            match server.recv_timeout(CHECK_INTERVAL) {
                Ok(Some(request)) => match number_of(&request) {
                    Some(number) if number == id => return Ok(request),
                    Some(number) if receiver.expected.contains(&number) => {
                        receiver.received.insert(number, request);
                    }
                    // Another process found the socket, or nobody waits for it any more.
                    _ => {}
                },
                Ok(None) if Instant::now() < deadline && !has_ended(upstream) => {}
                Ok(None) => return Err(io::ErrorKind::TimedOut.into()),
                Err(error) => {
                    // The server stops listening at the first error. Dropping it removes its
                    // socket; the next request starts another one, and the old
                    // connections are of no use.
                    receiver.server = None;
                    self.idle.lock().clear();
                    return Err(error);
                }
            }
        }
    }
}

/// The head as `tiny_http` gets it: plain ASCII and one length. The application's environ is made
/// of the client's head instead.
fn inner_head(head: &Head, body_length: usize, id: ExchangeId) -> Vec<u8> {
    let target: String = head
        .part(&head.target)
        .iter()
        .map(|&byte| match byte {
            0x21..=0x7e => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect();
    format!(
        "{} {target} HTTP/1.1\r\n{NUMBER_HEADER}: {id}\r\nContent-Length: {body_length}\r\n\r\n",
        latin1(head.part(&head.method)),
    )
    .into_bytes()
}

fn listen(socket: &Path) -> io::Result<tiny_http::Server> {
    let listener = UnixListener::bind(socket)?;
    tiny_http::Server::from_listener(listener, None).map_err(io::Error::other)
}

fn number_of(request: &tiny_http::Request) -> Option<ExchangeId> {
    let mut headers = request.headers().iter();
    let number = headers.find(|header| header.field.equiv(NUMBER_HEADER))?;
    number.value.as_str().parse().ok()
}

/// Reads the body that came out into `body`. A body too long for the server's own buffer has not
/// been sent yet; it goes in and comes out piece by piece.
fn take_body(
    mut request: tiny_http::Request,
    mut upstream: &UnixStream,
    body: &mut Body,
) -> io::Result<Box<dyn Write + Send>> {
    let was_sent = body.if_at_most(MAX_BUFFERED_BODY).is_some();
    let reader = request.as_reader();
    body.replace(CHUNK, &mut |piece| {
        if !was_sent {
            upstream.write_all(piece)?;
        }
        reader.read_exact(piece)
    })?;
    Ok(request.into_writer())
}

/// Whether the server has closed its end of a connection.
fn has_ended(upstream: &UnixStream) -> bool {
    let mut polls = [PollFd::from_borrowed_fd(upstream.as_fd(), PollFlags::IN)];
    poll_for(&mut polls, Duration::ZERO).is_ok_and(|ready| ready > 0)
}

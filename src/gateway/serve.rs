//! The `tiny_http` server behind the wire, and the application behind that. Each request goes through
//! it whole, checked and numbered, over a connection that serves one request after another.

use std::collections::{HashMap, HashSet};
use std::io::{self, Write};
use std::net::IpAddr;
use std::os::fd::AsFd as _;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

use super::application::{Application, Call};
use super::environ::{self, Ends, Environ};
use super::reply::Reply;
use super::response::Asked;
use super::wire::body::Body;
use super::wire::head::Head;
use super::wire::outlet::Outlet;
use crate::exchange::{ExchangeId, Recorder};

/// The header that numbers a request on its way from the wire to here.
pub const NUMBER: &str = "X-Wsgi-Tutor-Exchange";

/// How long a request may take through `tiny_http`, and how often to look whether it still can.
const PATIENCE: Duration = Duration::from_secs(10);
const GLANCE: Duration = Duration::from_millis(500);
/// `tiny_http` reads a body this short before it gives the request away.
const SHORT: usize = 1024;
/// What of a longer body is inside at once: far less than a Unix socket holds.
const CHUNK: usize = 16 * 1024;

/// The server behind the wire, and the application.
pub struct Inside {
    socket: PathBuf,
    /// Whoever holds it waits for the next request that comes out, his own or not.
    desk: Mutex<Desk>,
    /// Connections that carry no request now. Each occupies a thread of `tiny_http`'s.
    spare: Mutex<Vec<UnixStream>>,
    /// `tiny_http` finds a thread for one new connection at a time; of several at once, some would wait
    /// for a thread that serves another one for ever.
    opening: Mutex<()>,
    application: Arc<dyn Application>,
}

/// Where requests come out.
struct Desk {
    server: Option<tiny_http::Server>,
    /// The requests somebody waits for, and those of them that have come out.
    expected: HashSet<ExchangeId>,
    arrived: HashMap<ExchangeId, tiny_http::Request>,
}

/// A request, as the client sent it.
pub struct Request<'a> {
    pub head: &'a Head,
    pub body: Body,
    pub ends: Ends,
}

/// A request that has come through `tiny_http`.
pub struct Passed {
    pub call: Call,
    /// Where the values of environ came from.
    pub origins: Environ,
    /// What takes the answer, and where it comes out.
    pub writer: Box<dyn Write + Send>,
    pub upstream: UnixStream,
}

impl Inside {
    /// Starts the server on a socket in a private folder, where only the wire finds it.
    pub fn start(socket: PathBuf, application: Arc<dyn Application>) -> io::Result<Self> {
        Ok(Self {
            desk: Mutex::new(Desk {
                server: Some(listen(&socket)?),
                expected: HashSet::new(),
                arrived: HashMap::new(),
            }),
            socket,
            spare: Mutex::default(),
            opening: Mutex::default(),
            application,
        })
    }

    /// The private folder, for what is too large for the memory.
    pub fn folder(&self) -> &Path {
        self.socket.parent().unwrap_or(Path::new("."))
    }

    /// How many requests the application takes at once.
    pub fn calls(&self) -> usize {
        self.application.concurrency().calls
    }

    /// Sends a request through `tiny_http`, with this head, and makes ready what the application is to be
    /// called with. An error means that the system is short of something.
    pub fn pass(
        &self,
        number: ExchangeId,
        head: &[u8],
        mut request: Request<'_>,
    ) -> io::Result<Passed> {
        let short = request.body.at_once(SHORT).unwrap_or_default();
        let sent = [head, short].concat();
        lock(&self.desk).expected.insert(number);
        let mut prepared = None;
        let came = self.send_through(number, &sent, || prepared = Some(self.prepare(&request)));
        lock(&self.desk).expected.remove(&number);
        let (came, upstream) = came?;
        let (mut call, origins) = prepared.unwrap_or_else(|| self.prepare(&request));
        let writer = take_out(came, &upstream, &mut request.body)?;
        call.body = request.body.into_reader()?;
        Ok(Passed {
            call,
            origins,
            writer,
            upstream,
        })
    }

    /// A connection whose answer has left it whole.
    pub fn take_back(&self, upstream: UnixStream) {
        lock(&self.spare).push(upstream);
    }

    /// Has the application answer this client; whether the connection may serve another request.
    pub fn answer(
        &self,
        (head, client): (&Head, IpAddr),
        call: Call,
        origins: Environ,
        recorder: &Recorder,
        outlet: &mut Outlet,
    ) -> bool {
        let asked = Asked {
            is_head: head.part(&head.method) == b"HEAD",
            http_1_0: head.is_http_1_0(),
            keep_alive: head.wants_keep_alive(),
        };
        // Where IPv6 takes IPv4 in, 127.0.0.1 is ::ffff:127.0.0.1.
        let is_local = client.to_canonical().is_loopback();
        let mut reply = Reply::new(recorder.clone(), origins, asked, is_local, outlet);
        self.application.answer(call, &mut reply);
        reply.finish()
    }

    /// A call without its body, which is in `tiny_http`, and where the values of its environ came from.
    fn prepare(&self, request: &Request<'_>) -> (Call, Environ) {
        let Request { head, body, ends } = request;
        let concurrency = self.application.concurrency();
        let mut environ = environ::build(head, body.length(), *ends, concurrency);
        let values = std::mem::take(&mut environ.values);
        let call = Call {
            prepared: self.application.prepare(&values, body.length()),
            environ: values,
            body: Box::new(io::empty()),
            length: body.length(),
        };
        (call, environ)
    }

    /// Sends the head, and a body that is short, and waits until they come out. There is something to be
    /// done `meanwhile`.
    fn send_through(
        &self,
        number: ExchangeId,
        bytes: &[u8],
        meanwhile: impl FnOnce(),
    ) -> io::Result<(tiny_http::Request, UnixStream)> {
        let spare = lock(&self.spare).pop();
        if let Some(mut spare) = spare
            && spare.write_all(bytes).is_ok()
        {
            meanwhile();
            // It may have been closed before, and nothing has left it then.
            if let Ok(request) = self.receive(number, &spare) {
                return Ok((request, spare));
            }
        }
        let _alone = lock(&self.opening);
        let mut upstream = UnixStream::connect(&self.socket)?;
        upstream.write_all(bytes)?;
        Ok((self.receive(number, &upstream)?, upstream))
    }

    fn receive(&self, number: ExchangeId, upstream: &UnixStream) -> io::Result<tiny_http::Request> {
        let deadline = Instant::now() + PATIENCE;
        let mut desk = lock(&self.desk);
        loop {
            if let Some(request) = desk.arrived.remove(&number) {
                return Ok(request);
            }
            let server = match &desk.server {
                Some(server) => server,
                None => desk.server.insert(listen(&self.socket)?),
            };
            match server.recv_timeout(GLANCE) {
                Ok(Some(request)) => match number_of(&request) {
                    Some(its) if its == number => return Ok(request),
                    Some(its) if desk.expected.contains(&its) => {
                        desk.arrived.insert(its, request);
                    }
                    // It came past the wire, or nobody waits for it any more.
                    _ => {}
                },
                Ok(None) if Instant::now() < deadline && !has_ended(upstream) => {}
                Ok(None) => return Err(io::ErrorKind::TimedOut.into()),
                Err(error) => {
                    // It stops listening at the first error. Dropping it removes its socket; then
                    // another one is needed, and nothing comes out of the old connections.
                    desk.server = None;
                    lock(&self.spare).clear();
                    return Err(error);
                }
            }
        }
    }
}

fn listen(socket: &Path) -> io::Result<tiny_http::Server> {
    let listener = UnixListener::bind(socket)?;
    tiny_http::Server::from_listener(listener, None).map_err(io::Error::other)
}

fn number_of(request: &tiny_http::Request) -> Option<ExchangeId> {
    let mut headers = request.headers().iter();
    let number = headers.find(|header| header.field.equiv(NUMBER))?;
    number.value.as_str().parse().ok()
}

/// Takes the body out, a longer one piece by piece as it goes in. What came out stands in the place of what
/// went in. Then the request takes its answer.
fn take_out(
    mut request: tiny_http::Request,
    mut upstream: &UnixStream,
    body: &mut Body,
) -> io::Result<Box<dyn Write + Send>> {
    let is_inside = body.at_once(SHORT).is_some();
    let reader = request.as_reader();
    body.replace(CHUNK, &mut |piece| {
        if !is_inside {
            upstream.write_all(piece)?;
        }
        reader.read_exact(piece)
    })?;
    Ok(request.into_writer())
}

/// Whether the server has closed its end of a connection.
fn has_ended(upstream: &UnixStream) -> bool {
    let mut polls = [PollFd::from_borrowed_fd(upstream.as_fd(), PollFlags::IN)];
    poll(&mut polls, Some(&Timespec::default())).is_ok_and(|ready| ready > 0)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

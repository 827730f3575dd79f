//! The `tiny_http` server behind the wire. Each request reaches it whole, checked and numbered; the
//! number finds the head as the client really sent it.

use std::collections::HashMap;
use std::io;
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use super::application::{Application, Call};
use super::environ::{self, Ends};
use super::reply::Reply;
use super::response::Asked;
use super::wire::head::Head;
use crate::exchange::{ExchangeId, Recorder};

/// The header that numbers a request on its way from the wire to here.
pub const NUMBER: &str = "X-Wsgi-Tutor-Exchange";

/// How long to wait before the server is started once more.
const BREATH: Duration = Duration::from_millis(50);

/// A request between the wire and the application.
pub struct Flight {
    pub head: Head,
    pub ends: Ends,
    pub recorder: Recorder,
    /// Set once the answer is complete and the connection can serve another request.
    keeps_connection: AtomicBool,
    /// Whether the application is done, its iterable closed.
    landed: Mutex<bool>,
    landing: Condvar,
}

impl Flight {
    pub fn new(head: Head, ends: Ends, recorder: Recorder) -> Self {
        Self {
            head,
            ends,
            recorder,
            keeps_connection: AtomicBool::new(false),
            landed: Mutex::new(false),
            landing: Condvar::new(),
        }
    }

    /// Waits until the application is done, so that the record can end with it; not for ever.
    pub fn wait(&self, patience: Duration) {
        let landed = self.landed.lock().unwrap_or_else(PoisonError::into_inner);
        // Poisoned or not: there is nothing more to wait for.
        let _ = self
            .landing
            .wait_timeout_while(landed, patience, |landed| !*landed);
    }

    fn land(&self) {
        *self.landed.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.landing.notify_all();
    }

    pub fn keeps_connection(&self) -> bool {
        self.keeps_connection.load(Ordering::Acquire)
    }
}

/// The requests that are in flight.
#[derive(Clone, Default)]
pub struct Flights(Arc<Mutex<HashMap<ExchangeId, Arc<Flight>>>>);

impl Flights {
    /// Registers a request; it is forgotten when the ticket is dropped.
    pub fn depart(&self, flight: Arc<Flight>) -> Ticket<'_> {
        let id = flight.recorder.id();
        self.lock().insert(id, flight);
        Ticket { flights: self, id }
    }

    fn find(&self, id: ExchangeId) -> Option<Arc<Flight>> {
        self.lock().get(&id).cloned()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<ExchangeId, Arc<Flight>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Keeps a request in flight.
pub struct Ticket<'a> {
    flights: &'a Flights,
    id: ExchangeId,
}

impl Drop for Ticket<'_> {
    fn drop(&mut self) {
        self.flights.lock().remove(&self.id);
    }
}

/// Starts the server on a socket in a private folder, where only the wire finds it.
pub fn start(socket: &Path, application: &Arc<dyn Application>) -> io::Result<Flights> {
    let server = Arc::new(Server {
        listening: Mutex::new(Some(listen(socket)?)),
        socket: socket.to_owned(),
    });
    let flights = Flights::default();
    for _ in 0..application.concurrency().calls {
        let (server, flights) = (Arc::clone(&server), flights.clone());
        let application = Arc::clone(application);
        thread::Builder::new()
            .name("application".into())
            .spawn(move || {
                // Used again and again: the largest bodies, each at a place of its own, would leave holes
                // in the memory that nothing else fits in.
                let mut body = Vec::new();
                loop {
                    answer(server.next(), &mut body, &flights, application.as_ref());
                }
            })?;
    }
    Ok(flights)
}

/// The server, for as many threads as call the application.
struct Server {
    /// Whoever holds it waits for the next request; the others wait for their turn.
    listening: Mutex<Option<tiny_http::Server>>,
    socket: PathBuf,
}

impl Server {
    /// The next request.
    fn next(&self) -> tiny_http::Request {
        let listening = self.listening.lock();
        let mut listening = listening.unwrap_or_else(PoisonError::into_inner);
        loop {
            if let Some(Ok(request)) = listening.as_ref().map(tiny_http::Server::recv) {
                return request;
            }
            // It stops listening at the first error. Dropping it removes its socket; then another
            // one is needed.
            *listening = None;
            *listening = listen(&self.socket).ok();
            if listening.is_none() {
                thread::park_timeout(BREATH);
            }
        }
    }
}

fn listen(socket: &Path) -> io::Result<tiny_http::Server> {
    let listener = UnixListener::bind(socket)?;
    tiny_http::Server::from_listener(listener, None).map_err(io::Error::other)
}

fn answer(
    mut request: tiny_http::Request,
    body: &mut Vec<u8>,
    flights: &Flights,
    application: &dyn Application,
) {
    let number = request
        .headers()
        .iter()
        .find(|header| header.field.equiv(NUMBER))
        .and_then(|header| header.value.as_str().parse().ok());
    // A request without a number came past the wire, or its client has gone already.
    let Some(flight) = number.and_then(|id| flights.find(id)) else {
        return;
    };
    body.clear();
    body.reserve_exact(request.body_length().unwrap_or(0));
    if request.as_reader().read_to_end(body).is_err() {
        flight.land();
        return;
    }
    let concurrency = application.concurrency();
    let mut environ = environ::build(&flight.head, body.len(), flight.ends, concurrency);
    let mut call = Call {
        // The reply needs only to know where the values came from.
        environ: std::mem::take(&mut environ.values),
        body: std::mem::take(body),
    };
    let asked = Asked {
        is_head: flight.head.part(&flight.head.method) == b"HEAD",
        http_1_0: flight.head.is_http_1_0(),
        keep_alive: flight.head.wants_keep_alive(),
    };
    let client = request.into_writer();
    let mut reply = Reply::new(flight.recorder.clone(), environ, asked, client);
    application.answer(&call, &mut reply);
    *body = std::mem::take(&mut call.body);
    reply.finish(&|keeps| flight.keeps_connection.store(keeps, Ordering::Release));
    flight.land();
}

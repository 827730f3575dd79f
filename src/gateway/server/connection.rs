//! Serves one client's connection, request after request.

use std::io::{self, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use rustix::buffer::spare_capacity;
use rustix::net::{RecvFlags, recv};
use tracing::debug;

use super::Server;
use super::body::Body;
use super::concurrency_limit::Permit;
use super::connection_limit::Slot;
use super::response_sender::{Completion, ResponseSender, has_gone};
use crate::exchange::{EventKind, Recorder, RequestRead};
use crate::gateway::http::chunked::Decoder;
use crate::gateway::http::head::{BodyLength, Head, find_end, parse};
use crate::gateway::http::limits;
use crate::gateway::http::page::Page;
use crate::gateway::http::refusal::Refusal;
use crate::gateway::wsgi::{Endpoints, PreparedCall, latin1};

const CHUNK: usize = 16 * 1024;
/// How long a request waits for others before an event says so, and how often it is checked whose
/// they are.
const WAIT_REPORT_INTERVAL: Duration = Duration::from_secs(1);
/// How long the next page waits before responses for the page that its browser leaves are ended:
/// far longer than most responses take.
const LEAVE_PAGE_INTERVAL: Duration = Duration::from_millis(200);

struct Connection<'a> {
    stream: &'a Arc<TcpStream>,
    endpoints: Endpoints,
    server: &'a Server,
    /// Bytes that were received and belong to no request yet.
    buffer: Vec<u8>,
    /// Whether it has carried a request.
    used: bool,
}

/// Why a request was not read whole.
enum Stop {
    Refused(Refusal),
    /// The client closed the connection, or it broke.
    Gone,
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<io::Error> for Stop {
    fn from(_: io::Error) -> Self {
        Self::Gone
    }
}

/// Refuses a connection because too many are open.
pub fn reject(stream: &Arc<TcpStream>, client: SocketAddr, server: &Server) {
    let Ok(mut connection) = Connection::new(stream, client, server) else {
        return;
    };
    let recorder = connection.recorder();
    let detail = "too many clients are connected, and each of them has a request; send it again";
    connection.refuse(Refusal::new(503, "too-many", detail, b""), &recorder);
    recorder.record(EventKind::Finished);
    connection.linger();
}

/// Serves a connection until it is closed.
pub fn serve(stream: &Arc<TcpStream>, client: SocketAddr, server: &Server, slot: &Slot) {
    debug!(%client, "connection accepted");
    serve_requests(stream, client, server, slot);
    debug!(%client, "connection closed");
}

fn serve_requests(stream: &Arc<TcpStream>, client: SocketAddr, server: &Server, slot: &Slot) {
    let Ok(mut connection) = Connection::new(stream, client, server) else {
        return;
    };
    // Small answers must not wait for each other (Nagle's algorithm).
    let _ = stream.set_nodelay(true);
    loop {
        if connection.buffer.is_empty() {
            slot.idle();
            match connection.receive(Instant::now() + server.deadlines.idle) {
                Ok(1..) => {}
                _ => return,
            }
        }
        slot.busy();
        if !connection.exchange() {
            return;
        }
    }
}

impl<'a> Connection<'a> {
    fn new(stream: &'a Arc<TcpStream>, client: SocketAddr, server: &'a Server) -> io::Result<Self> {
        let local = stream.local_addr()?;
        Ok(Self {
            stream,
            endpoints: Endpoints {
                client,
                server: local,
            },
            server,
            buffer: Vec::new(),
            used: false,
        })
    }

    /// Begins the record of another exchange.
    fn recorder(&mut self) -> Recorder {
        let recorder = self.server.recorder();
        recorder.record(EventKind::ConnectionOpened {
            peer: self.endpoints.client.to_string(),
            reused: std::mem::replace(&mut self.used, true),
        });
        recorder
    }

    /// One exchange, from the first byte to the last; whether another may follow.
    fn exchange(&mut self) -> bool {
        let recorder = self.recorder();
        recorder.received(&self.buffer);
        let request = self.request(&recorder);
        let refused = matches!(request, Err(Stop::Refused(_)));
        let keeps = match request {
            Ok((head, body)) => self.answer(&Arc::new(head), body, &recorder),
            Err(Stop::Refused(refusal)) => {
                self.refuse(refusal, &recorder);
                false
            }
            Err(Stop::Gone) => {
                recorder.record(EventKind::ClientGone);
                false
            }
        };
        recorder.record(EventKind::Finished);
        if refused {
            self.linger();
        }
        keeps
    }

    fn request(&mut self, recorder: &Recorder) -> Result<(Head, Body), Stop> {
        let head = self.head(recorder)?;
        let path = head.part(&head.path());
        let mount = &self.server.mount;
        if !mount.has(path) && path != b"*" {
            let detail = format!("the application is mounted at {mount}: there is no other path");
            return Err(Refusal::new(404, "outside-of-mount", &detail, path).into());
        }
        let mut body = self.body(&head, recorder)?;
        recorder.record(EventKind::RequestRead(
            RequestRead {
                method: latin1(head.part(&head.method)),
                target: latin1(head.part(&head.target)),
                version: latin1(head.part(&head.version)),
                headers: head
                    .headers
                    .iter()
                    .map(|field| (latin1(head.name(field)), latin1(head.value(field))))
                    .collect(),
                body: body.excerpt()?,
            }
            .into(),
        ));
        Ok((head, body))
    }

    fn head(&mut self, recorder: &Recorder) -> Result<Head, Stop> {
        let allowed = self.server.deadlines.head;
        let deadline = Instant::now() + allowed;
        let mut scanned = 0;
        loop {
            if let Some(length) = find_end(&self.buffer, scanned)? {
                // The buffer's memory stays for the next request, unless it is large.
                let head = self.buffer.drain(..length).collect();
                self.buffer.shrink_to(2 * CHUNK);
                return Ok(parse(head)?);
            }
            scanned = self.buffer.len();
            self.receive_more(deadline, "head", allowed, recorder)?;
        }
    }

    fn body(&mut self, head: &Head, recorder: &Recorder) -> Result<Body, Stop> {
        let mut body = Body::default();
        if head.body == BodyLength::None {
            return Ok(body);
        }
        if head.expects_continue && self.buffer.is_empty() {
            (&**self.stream).write_all(b"HTTP/1.1 100 Continue\r\n\r\n")?;
            recorder.sent(b"HTTP/1.1 100 Continue\r\n\r\n");
        }
        let allowed = self.server.deadlines.body;
        let deadline = Instant::now() + allowed;
        let mut decoder = Decoder::default();
        loop {
            let is_whole = match head.body {
                BodyLength::None => true,
                BodyLength::Bytes(length) => {
                    let missing = usize::try_from(length).unwrap_or(usize::MAX) - body.length();
                    if self.buffer.len() >= missing {
                        let rest = self.buffer.split_off(missing);
                        body.push(std::mem::replace(&mut self.buffer, rest));
                        true
                    } else {
                        if self.buffer.len() >= limits::BODY_MEMORY {
                            body.push(std::mem::take(&mut self.buffer));
                        }
                        false
                    }
                }
                BodyLength::Chunked => {
                    let used = decoder.feed(&self.buffer)?;
                    self.buffer.drain(..used);
                    let is_done = decoder.is_done();
                    if is_done || decoder.body().len() >= limits::BODY_MEMORY {
                        body.push(decoder.take());
                    }
                    is_done
                }
            };
            if is_whole {
                return Ok(body);
            }
            body.spill(self.server.passage.folder())
                .map_err(|error| no_room(&error))?;
            self.receive_more(deadline, "body", allowed, recorder)?;
        }
    }

    /// Waits for more bytes of a request.
    fn receive_more(
        &mut self,
        deadline: Instant,
        part: &str,
        allowed: Duration,
        recorder: &Recorder,
    ) -> Result<(), Stop> {
        let old = self.buffer.len();
        match self.receive(deadline) {
            Ok(0) => Err(Stop::Gone),
            Ok(_) => {
                recorder.received(&self.buffer[old..]);
                Ok(())
            }
            Err(error) if is_timeout(&error) => {
                let detail = format!(
                    "the {part} of the request was not complete after {} s",
                    allowed.as_secs_f64()
                );
                Err(Refusal::new(408, "too-slow", &detail, &self.buffer).into())
            }
            Err(_) => Err(Stop::Gone),
        }
    }

    /// Appends what was received to the buffer. 0 means that the client has closed its side.
    fn receive(&mut self, deadline: Instant) -> io::Result<usize> {
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(io::ErrorKind::TimedOut.into());
        }
        self.stream.set_read_timeout(Some(left))?;
        self.buffer.reserve(CHUNK);
        loop {
            // Reads into spare capacity, so that it need not be filled with zeros first.
            let room = spare_capacity(&mut self.buffer);
            match recv(&**self.stream, room, RecvFlags::empty()) {
                Err(rustix::io::Errno::INTR) => {}
                Ok((got, _)) => return Ok(got),
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// Has the application answer a request. Returns whether another one may follow.
    fn answer(&mut self, head: &Arc<Head>, mut body: Body, recorder: &Recorder) -> bool {
        let server = self.server;
        let permit = self.acquire_call(head, recorder);
        if has_gone(self.stream) {
            // It left while others were served.
            recorder.record(EventKind::ClientGone);
            return false;
        }
        let application = &*server.application;
        let length = body.length();
        let passed = server.passage.pass(recorder.id(), head, &mut body, || {
            PreparedCall::new(application, head, length, self.endpoints, &server.mount)
        });
        let passed = passed.and_then(|(passed, call)| Ok((passed, call, body.into_reader()?)));
        let Ok((passed, call, body)) = passed else {
            let detail = "the server is short of file descriptors; send it again";
            self.refuse(Refusal::new(503, "overloaded", detail, b""), recorder);
            return false;
        };
        let registration = server.open_responses.register(
            recorder,
            self.stream,
            Arc::clone(head),
            self.endpoints.client.ip(),
        );
        let mut sender =
            ResponseSender::new(passed, Arc::clone(self.stream), server, recorder.clone());
        let keeps = call.run(application, body, recorder.clone(), &mut sender);
        drop(registration);
        match sender.end() {
            Completion::Sent(upstream) => {
                server.passage.recycle(upstream);
                drop(permit);
                if !keeps {
                    // A client that waits for the end need not wait for the record too.
                    let _ = self.stream.shutdown(Shutdown::Write);
                }
                keeps
            }
            completion => {
                // The next request need not wait for a slow client.
                drop(permit);
                completion.wait() && keeps
            }
        }
    }

    /// Waits until the application can be called. An event says whose responses it waits for.
    /// Responses for the page that this request leaves are ended.
    fn acquire_call(&self, head: &Head, recorder: &Recorder) -> Permit<'a> {
        let server = self.server;
        if let Some(permit) = server.calls.try_acquire() {
            return permit;
        }
        let exchange = recorder.id();
        debug!(exchange, "waits for the concurrency limit");
        let left = Page::left_by(head, self.endpoints.client.ip());
        let interval = match left {
            Some(_) => LEAVE_PAGE_INTERVAL,
            None => WAIT_REPORT_INTERVAL,
        };
        let began = Instant::now();
        let mut reported = Vec::new();
        let permit = server.calls.acquire(interval, &mut || {
            if let Some(page) = &left {
                server.open_responses.leave(page, recorder.id());
            }
            let behind = server.open_responses.ids();
            if began.elapsed() >= WAIT_REPORT_INTERVAL && behind != reported {
                reported.clone_from(&behind);
                recorder.record(EventKind::Waiting { behind });
            }
        });
        debug!(exchange, waited = ?began.elapsed(), "its turn has come");
        permit
    }

    fn refuse(&mut self, refusal: Refusal, recorder: &Recorder) {
        let response = refusal.response(SystemTime::now());
        recorder.record(EventKind::Refused(refusal.into_event()));
        let _ = self
            .stream
            .set_write_timeout(Some(self.server.deadlines.linger));
        if (&**self.stream).write_all(&response).is_ok() {
            recorder.sent(&response);
        }
    }

    /// Reads on for a moment: closing a connection with unread bytes would make the client's
    /// system throw away the answer (RFC 9112, section 9.6).
    fn linger(&mut self) {
        let _ = self.stream.shutdown(Shutdown::Write);
        let deadline = Instant::now() + self.server.deadlines.linger;
        while matches!(self.receive(deadline), Ok(1..)) {
            self.buffer.clear();
        }
    }
}

/// There is no file for a large body.
fn no_room(error: &io::Error) -> Refusal {
    let detail = format!("a body this large is kept in a file, and none can be written: {error}");
    Refusal::new(503, "no-room", &detail, b"")
}

fn is_timeout(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock
    )
}

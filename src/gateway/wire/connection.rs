//! One client's connection, request after request.

use std::io::{self, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rustix::buffer::spare_capacity;
use rustix::net::{RecvFlags, recv};

use super::Wire;
use super::admission::Seat;
use super::body::Body;
use super::chunked::Decoder;
use super::gate::Pass;
use super::head::{BodyLength, Head, find_end, parse};
use super::outlet::{Outlet, Rest, has_gone};
use super::page::Page;
use super::refusal::Refusal;
use crate::exchange::{EventKind, Recorder, RequestRead};
use crate::gateway::environ::{Ends, latin1};
use crate::gateway::limits;
use crate::gateway::serve::{NUMBER, Passed, Request};

const CHUNK: usize = 16 * 1024;
/// How long a request waits for others before that is told, and before what its browser has no more use for
/// is ended. Far longer than most answers take.
const WAIT_TOLD: Duration = Duration::from_secs(1);
const PAGE_LEFT: Duration = Duration::from_millis(200);

struct Connection<'a> {
    stream: &'a Arc<TcpStream>,
    ends: Ends,
    wire: &'a Wire,
    /// Bytes that came and belong to no request yet.
    buffer: Vec<u8>,
    /// Whether it has carried a request.
    used: bool,
}

/// Why a connection ends before its time.
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

/// Tells a client that there are too many, and the record too.
pub fn turn_away(stream: &Arc<TcpStream>, client: SocketAddr, wire: &Wire) {
    let Ok(mut connection) = Connection::new(stream, client, wire) else {
        return;
    };
    let recorder = connection.recorder();
    let detail = "too many clients are connected, and each of them has a request; send it again";
    connection.refuse(Refusal::new(503, "too-many", detail, b""), &recorder);
    recorder.record(EventKind::Finished);
    connection.linger();
}

/// Serves a connection until it is closed.
pub fn serve(stream: &Arc<TcpStream>, client: SocketAddr, wire: &Wire, seat: &Seat) {
    let Ok(mut connection) = Connection::new(stream, client, wire) else {
        return;
    };
    // Small answers must not wait for each other (Nagle's algorithm).
    let _ = stream.set_nodelay(true);
    loop {
        if connection.buffer.is_empty() {
            seat.idle();
            match connection.receive(Instant::now() + wire.deadlines.idle) {
                Ok(1..) => {}
                _ => return,
            }
        }
        seat.busy();
        if !connection.exchange() {
            return;
        }
    }
}

impl<'a> Connection<'a> {
    fn new(stream: &'a Arc<TcpStream>, client: SocketAddr, wire: &'a Wire) -> io::Result<Self> {
        let server = stream.local_addr()?;
        Ok(Self {
            stream,
            ends: Ends { client, server },
            wire,
            buffer: Vec::new(),
            used: false,
        })
    }

    /// Begins the record of another exchange.
    fn recorder(&mut self) -> Recorder {
        let recorder = self.wire.recorder();
        recorder.record(EventKind::ConnectionOpened {
            peer: self.ends.client.to_string(),
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
            Ok((head, body)) => self.pass_on(&head, body, &recorder),
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
        let allowed = self.wire.deadlines.head;
        let deadline = Instant::now() + allowed;
        let mut scanned = 0;
        loop {
            if let Some(length) = find_end(&self.buffer, scanned)? {
                // The room that is read into stays for the next request, unless it is much.
                let head = self.buffer.drain(..length).collect();
                self.buffer.shrink_to(2 * CHUNK);
                return Ok(parse(head)?);
            }
            scanned = self.buffer.len();
            self.more(deadline, "head", allowed, recorder)?;
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
        let allowed = self.wire.deadlines.body;
        let deadline = Instant::now() + allowed;
        let mut decoder = Decoder::default();
        loop {
            let is_whole = match head.body {
                BodyLength::None => true,
                BodyLength::Bytes(length) => {
                    let missing = usize::try_from(length).unwrap_or(usize::MAX) - body.length();
                    if self.buffer.len() >= missing {
                        let rest = self.buffer.split_off(missing);
                        body.add(std::mem::replace(&mut self.buffer, rest));
                        true
                    } else {
                        if self.buffer.len() >= limits::BODY_MEMORY {
                            body.add(std::mem::take(&mut self.buffer));
                        }
                        false
                    }
                }
                BodyLength::Chunked => {
                    let used = decoder.feed(&self.buffer)?;
                    self.buffer.drain(..used);
                    let is_done = decoder.is_done();
                    if is_done || decoder.body().len() >= limits::BODY_MEMORY {
                        body.add(decoder.take());
                    }
                    is_done
                }
            };
            if is_whole {
                return Ok(body);
            }
            body.make_room(self.wire.inside.folder())
                .map_err(|error| no_room(&error))?;
            self.more(deadline, "body", allowed, recorder)?;
        }
    }

    /// Waits for more bytes of a request.
    fn more(
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
                    "the {part} of the request was not whole after {} s",
                    allowed.as_secs_f64()
                );
                Err(Refusal::new(408, "too-slow", &detail, &self.buffer).into())
            }
            Err(_) => Err(Stop::Gone),
        }
    }

    /// Reads what has come into the buffer; 0 means that the client has closed its side.
    fn receive(&mut self, deadline: Instant) -> io::Result<usize> {
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(io::ErrorKind::TimedOut.into());
        }
        self.stream.set_read_timeout(Some(left))?;
        self.buffer.reserve(CHUNK);
        loop {
            // Without filling the room with zeros first.
            let room = spare_capacity(&mut self.buffer);
            match recv(&**self.stream, room, RecvFlags::empty()) {
                Err(rustix::io::Errno::INTR) => {}
                Ok((got, _)) => return Ok(got),
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// Sends the request through the server behind the wire to the application, and its answer to the
    /// client; whether another request may follow.
    fn pass_on(&mut self, head: &Head, body: Body, recorder: &Recorder) -> bool {
        let bytes = inner_head(head, body.length(), recorder);
        let pass = self.turn(head, recorder);
        if has_gone(self.stream) {
            // It left while others were served.
            recorder.record(EventKind::ClientGone);
            return false;
        }
        let request = Request {
            head,
            body,
            ends: self.ends,
        };
        let Ok(passed) = self.wire.inside.pass(recorder.id(), &bytes, request) else {
            let detail = "the server is short of file descriptors; send it again";
            self.refuse(Refusal::new(503, "overloaded", detail, b""), recorder);
            return false;
        };
        let pages = Page::served_by(head, self.ends.client.ip());
        let entry = self.wire.answers.begin(recorder, self.stream, pages);
        let mut outlet = Outlet::new(
            passed.writer,
            passed.upstream,
            Arc::clone(self.stream),
            self.wire,
            recorder.clone(),
        );
        let Passed { call, origins, .. } = passed;
        let inside = &self.wire.inside;
        let asked = (head, self.ends.client.ip());
        let keeps = inside.answer(asked, call, origins, recorder, &mut outlet);
        drop(entry);
        match outlet.end() {
            Rest::Nothing(upstream) => {
                self.wire.inside.take_back(upstream);
                drop(pass);
                if !keeps {
                    // A client that waits for the end need not wait for the record too.
                    let _ = self.stream.shutdown(Shutdown::Write);
                }
                keeps
            }
            rest => {
                // The next request need not wait for a slow client.
                drop(pass);
                rest.sent() && keeps
            }
        }
    }

    /// Waits until the application can be called. Whoever watches is told whose answers it takes so long. What
    /// goes on for the page that is left by this request is ended.
    fn turn(&self, head: &Head, recorder: &Recorder) -> Pass<'a> {
        let wire = self.wire;
        let left = Page::left_by(head, self.ends.client.ip());
        let interval = if left.is_some() { PAGE_LEFT } else { WAIT_TOLD };
        let began = Instant::now();
        let mut told = Vec::new();
        wire.gate.enter(interval, &mut || {
            if let Some(page) = &left {
                wire.answers.leave(page, recorder.id());
            }
            let behind = wire.answers.ids();
            if began.elapsed() >= WAIT_TOLD && behind != told {
                told.clone_from(&behind);
                recorder.record(EventKind::Waiting { behind });
            }
        })
    }

    fn refuse(&mut self, refusal: Refusal, recorder: &Recorder) {
        let answer = refusal.answer();
        recorder.record(EventKind::Refused(refusal.into_event()));
        let _ = self
            .stream
            .set_write_timeout(Some(self.wire.deadlines.linger));
        if (&**self.stream).write_all(&answer).is_ok() {
            recorder.sent(&answer);
        }
    }

    /// Reads on for a moment: closing a connection with unread bytes would make the client's
    /// system throw away the answer (RFC 9112, section 9.6).
    fn linger(&mut self) {
        let _ = self.stream.shutdown(Shutdown::Write);
        let deadline = Instant::now() + self.wire.deadlines.linger;
        while matches!(self.receive(deadline), Ok(1..)) {
            self.buffer.clear();
        }
    }
}

/// The head as the server behind the wire gets it: plain ASCII, one length. The
/// true head travels beside it.
fn inner_head(head: &Head, body: usize, recorder: &Recorder) -> Vec<u8> {
    let target: String = head
        .part(&head.target)
        .iter()
        .map(|&byte| match byte {
            0x21..=0x7e => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect();
    format!(
        "{} {target} HTTP/1.1\r\n{NUMBER}: {}\r\nContent-Length: {body}\r\n\r\n",
        latin1(head.part(&head.method)),
        recorder.id()
    )
    .into_bytes()
}

/// Says that there is no place for a large body.
fn no_room(error: &io::Error) -> Refusal {
    let detail =
        format!("a body as large as this one waits in a file, and none can be written: {error}");
    Refusal::new(503, "no-room", &detail, b"")
}

fn is_timeout(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock
    )
}

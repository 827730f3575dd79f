//! Sends a response to its client: puts each block into `tiny_http`, takes it out, and sends it at
//! once, all on one thread, so that a client that takes what it is sent waits for nobody else. When
//! a client does not, another thread takes over ([`spool`](super::spool)).

use std::io::{self, Read as _, Write};
use std::net::{Shutdown, TcpStream};
use std::os::fd::AsFd as _;
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags};
use rustix::net::{RecvFlags, SendFlags, recv, send};

use super::Server;
use super::concurrency_limit::ConcurrencyLimit;
use super::spool::send_spooled;
use super::tiny_http::Passed;
use crate::exchange::{EventKind, Recorder};
use crate::gateway::wsgi::ResponseWriter;
use crate::poll::poll_for;

/// How many bytes go into `tiny_http` before they are taken out: far less than a Unix socket's
/// buffer.
const CHUNK: usize = 16 * 1024;

/// A response that takes longer may be a stream without an end.
const STREAM_AFTER: Duration = Duration::from_secs(1);

/// Sends one response.
pub struct ResponseSender {
    /// Puts the response into `tiny_http`, and where it comes out.
    writer: Box<dyn Write + Send>,
    upstream: Arc<UnixStream>,
    client: Arc<TcpStream>,
    /// Where bytes for a slow client may wait, and how long it may take nothing.
    folder: PathBuf,
    stall: Duration,
    recorder: Recorder,
    /// How many bytes were put into `tiny_http` and not taken out yet.
    pending: usize,
    bytes: Vec<u8>,
    /// The thread that sends the rest to a slow client. It returns whether it could.
    spooler: Option<JoinHandle<bool>>,
    client_gone: bool,
    /// Where other requests wait for this response.
    calls: Arc<ConcurrencyLimit>,
    /// When its first bytes were sent.
    began: Option<Instant>,
}

/// How far a response is when the application is done.
pub enum Completion {
    /// All of it was sent; the connection through `tiny_http` can be used again.
    Sent(UnixStream),
    /// Another thread still sends the rest to a slow client.
    Spooling(JoinHandle<bool>),
    /// The client has gone.
    ClientGone,
}

impl Completion {
    /// Waits until all was sent. Returns false where the client has gone.
    pub fn wait(self) -> bool {
        match self {
            Self::Sent(_) => true,
            Self::Spooling(spooler) => spooler.join().unwrap_or(false),
            Self::ClientGone => false,
        }
    }
}

impl ResponseSender {
    pub fn new(
        passed: Passed,
        client: Arc<TcpStream>,
        server: &Server,
        recorder: Recorder,
    ) -> Self {
        Self {
            writer: passed.writer,
            upstream: Arc::new(passed.upstream),
            client,
            folder: server.passage.folder().to_owned(),
            stall: server.deadlines.stall,
            recorder,
            pending: 0,
            bytes: Vec::new(),
            spooler: None,
            client_gone: false,
            calls: Arc::clone(&server.calls),
            began: None,
        }
    }

    /// Whether others wait for a stream whose client has closed its side. A client that has only
    /// finished sending looks the same, so it gets its response as long as nobody waits for it.
    fn is_abandoned(&self) -> bool {
        let is_stream = self
            .began
            .is_some_and(|began| began.elapsed() > STREAM_AFTER);
        is_stream && self.calls.has_waiting() && has_closed_its_side(&self.client)
    }

    /// The application is done: the response is complete, or no more of it can be sent.
    pub fn end(self) -> Completion {
        // `tiny_http` takes another request from the connection once the writer is dropped.
        drop(self.writer);
        match self.spooler {
            Some(spooler) => {
                // `tiny_http` closes the other end in turn, which tells the spooler that this was
                // all.
                let _ = self.upstream.shutdown(Shutdown::Write);
                Completion::Spooling(spooler)
            }
            None if self.client_gone || self.pending > 0 => Completion::ClientGone,
            None => Arc::into_inner(self.upstream).map_or(Completion::ClientGone, Completion::Sent),
        }
    }

    /// Takes the pending bytes out of `tiny_http`, and sends them.
    fn send_pending(&mut self) -> io::Result<()> {
        if self.spooler.is_some() {
            return Ok(());
        }
        if self.is_abandoned() {
            self.client_has_gone();
            return Err(io::ErrorKind::BrokenPipe.into());
        }
        self.began.get_or_insert_with(Instant::now);
        self.bytes.resize(self.pending, 0);
        (&*self.upstream).read_exact(&mut self.bytes)?;
        self.pending = 0;
        let mut left = self.bytes.as_slice();
        while !left.is_empty() {
            match send(
                &self.client,
                left,
                SendFlags::DONTWAIT | SendFlags::NOSIGNAL,
            ) {
                Ok(sent) => {
                    self.recorder.sent(&left[..sent]);
                    left = &left[sent..];
                }
                Err(rustix::io::Errno::INTR) => {}
                Err(rustix::io::Errno::AGAIN) => {
                    let left = left.to_vec();
                    return self.spool(left);
                }
                Err(error) => {
                    self.client_has_gone();
                    return Err(error.into());
                }
            }
        }
        Ok(())
    }

    /// Leaves the rest of the response to another thread: first `left`, which was taken out
    /// already.
    fn spool(&mut self, left: Vec<u8>) -> io::Result<()> {
        let (upstream, client) = (Arc::clone(&self.upstream), Arc::clone(&self.client));
        let (folder, stall) = (self.folder.clone(), self.stall);
        let recorder = self.recorder.clone();
        let spawned = thread::Builder::new().name("spool".into()).spawn(move || {
            let sent = send_spooled(&upstream, &client, &left, (&folder, stall), &recorder).is_ok();
            if !sent {
                recorder.record(EventKind::ClientGone);
                // The application learns of it with its next block.
                let _ = upstream.shutdown(Shutdown::Both);
            }
            sent
        });
        match spawned {
            Ok(spooler) => {
                self.spooler = Some(spooler);
                Ok(())
            }
            Err(error) => {
                self.client_has_gone();
                Err(error)
            }
        }
    }

    fn client_has_gone(&mut self) {
        self.client_gone = true;
        self.recorder.record(EventKind::ClientGone);
    }
}

impl ResponseWriter for ResponseSender {
    fn is_wanted(&mut self) -> bool {
        if self.spooler.is_none()
            && !self.client_gone
            && (has_gone(&self.client) || self.is_abandoned())
        {
            self.client_has_gone();
        }
        !(self.client_gone && self.calls.has_waiting())
    }
}

impl Write for ResponseSender {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.client_gone {
            return Err(io::ErrorKind::BrokenPipe.into());
        }
        let part = &bytes[..bytes.len().min(CHUNK)];
        self.writer.write_all(part)?;
        if self.spooler.is_none() {
            self.pending += part.len();
        }
        if self.pending >= CHUNK {
            self.flush()?;
        }
        Ok(part.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.client_gone {
            return Err(io::ErrorKind::BrokenPipe.into());
        }
        self.writer.flush()?;
        self.send_pending()
    }
}

/// Whether a client has closed its connection, and not only the side it sends on.
pub fn has_gone(client: &TcpStream) -> bool {
    let mut polls = [PollFd::from_borrowed_fd(client.as_fd(), PollFlags::empty())];
    let gone = PollFlags::ERR | PollFlags::HUP;
    poll_for(&mut polls, Duration::ZERO).is_ok() && polls[0].revents().intersects(gone)
}

/// Whether a client has closed the side it sends on, and everything it sent was read.
fn has_closed_its_side(client: &TcpStream) -> bool {
    let flags = RecvFlags::PEEK | RecvFlags::DONTWAIT;
    recv(client, &mut [0; 1], flags).is_ok_and(|(got, _)| got == 0)
}

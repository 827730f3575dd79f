//! The way of an answer to its client: into `tiny_http`, out of it again, and on at once. One thread
//! does both ends, so that a client that takes what it is sent, as most do, waits for nobody else.
//! When one does not, a thread of its own takes over from there.

use std::io::{self, Read as _, Write};
use std::net::{Shutdown, TcpStream};
use std::os::fd::AsFd as _;
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::net::{RecvFlags, SendFlags, recv, send};

use super::Wire;
use super::gate::Gate;
use super::relay::relay;
use crate::exchange::{EventKind, Recorder};

/// What goes in before it is taken out: far less than a Unix socket holds.
const CHUNK: usize = 16 * 1024;

/// From then on an answer is one that goes on.
const LONG: Duration = Duration::from_secs(1);

/// Where an answer goes.
pub struct Outlet {
    /// What `tiny_http` takes the answer with, and the other end of its connection.
    writer: Box<dyn Write + Send>,
    upstream: Arc<UnixStream>,
    client: Arc<TcpStream>,
    /// Where the rest of an answer may wait, and how long the client may take nothing.
    folder: PathBuf,
    stall: Duration,
    recorder: Recorder,
    /// How many bytes went in and were not taken out yet.
    inside: usize,
    bytes: Vec<u8>,
    /// The thread that sends the rest to a slow client; whether it could.
    relay: Option<JoinHandle<bool>>,
    client_gone: bool,
    /// Where others wait for their turn, and when this answer began to leave.
    gate: Arc<Gate>,
    began: Option<Instant>,
}

/// What is left to do when an answer is complete.
pub enum Rest {
    /// All of it was sent; the connection through `tiny_http` can be used again.
    Nothing(UnixStream),
    /// A slow client is still being sent the rest.
    Relayed(JoinHandle<bool>),
    /// The client has gone.
    Lost,
}

impl Rest {
    /// Waits until all was sent; whether it could be.
    pub fn sent(self) -> bool {
        match self {
            Self::Nothing(_) => true,
            // It has not panicked.
            Self::Relayed(relay) => relay.join().unwrap_or(false),
            Self::Lost => false,
        }
    }
}

impl Outlet {
    pub fn new(
        writer: Box<dyn Write + Send>,
        upstream: UnixStream,
        client: Arc<TcpStream>,
        wire: &Wire,
        recorder: Recorder,
    ) -> Self {
        Self {
            writer,
            upstream: Arc::new(upstream),
            client,
            folder: wire.inside.folder().to_owned(),
            stall: wire.deadlines.stall,
            recorder,
            inside: 0,
            bytes: Vec::new(),
            relay: None,
            client_gone: false,
            gate: Arc::clone(&wire.gate),
            began: None,
        }
    }

    /// Notices whether the client has gone meanwhile.
    pub fn look(&mut self) {
        let is_left = || has_gone(&self.client) || self.holds_up_others_for_nobody();
        if self.relay.is_none() && !self.client_gone && is_left() {
            self.lose();
        }
    }

    /// Whether others wait for an answer whose client has gone.
    pub fn holds_up_others(&self) -> bool {
        self.client_gone && self.gate.has_waiting()
    }

    /// Whether others wait for an answer that goes on and whose client has closed its side. A client that only
    /// has nothing more to say looks the same, so such a client gets its answer as long as it takes nobody's
    /// time.
    fn holds_up_others_for_nobody(&self) -> bool {
        let goes_on = self.began.is_some_and(|began| began.elapsed() > LONG);
        goes_on && self.gate.has_waiting() && has_closed_its_side(&self.client)
    }

    /// The answer is complete, or no more of it can be sent.
    pub fn end(self) -> Rest {
        // The connection inside can carry another answer only when this one has left it.
        drop(self.writer);
        match self.relay {
            Some(relay) => {
                // Its other end follows, and so the relay learns that this was all.
                let _ = self.upstream.shutdown(Shutdown::Write);
                Rest::Relayed(relay)
            }
            None if self.client_gone || self.inside > 0 => Rest::Lost,
            None => Arc::into_inner(self.upstream).map_or(Rest::Lost, Rest::Nothing),
        }
    }

    /// Takes out what went in, and sends it.
    fn pass_on(&mut self) -> io::Result<()> {
        if self.relay.is_some() {
            return Ok(());
        }
        if self.holds_up_others_for_nobody() {
            self.lose();
            return Err(io::ErrorKind::BrokenPipe.into());
        }
        self.began.get_or_insert_with(Instant::now);
        self.bytes.resize(self.inside, 0);
        (&*self.upstream).read_exact(&mut self.bytes)?;
        self.inside = 0;
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
                    return self.relay(left);
                }
                Err(error) => {
                    self.lose();
                    return Err(error.into());
                }
            }
        }
        Ok(())
    }

    /// Leaves the rest of the answer, and first what was taken out already, to a thread of its own.
    fn relay(&mut self, left: Vec<u8>) -> io::Result<()> {
        let (upstream, client) = (Arc::clone(&self.upstream), Arc::clone(&self.client));
        let (folder, stall) = (self.folder.clone(), self.stall);
        let recorder = self.recorder.clone();
        let spawned = thread::Builder::new().name("relay".into()).spawn(move || {
            let sent = relay(&upstream, &client, &left, (&folder, stall), &recorder).is_ok();
            if !sent {
                recorder.record(EventKind::ClientGone);
                // The application is told when it gives its next block.
                let _ = upstream.shutdown(Shutdown::Both);
            }
            sent
        });
        match spawned {
            Ok(relay) => {
                self.relay = Some(relay);
                Ok(())
            }
            Err(error) => {
                self.lose();
                Err(error)
            }
        }
    }

    fn lose(&mut self) {
        self.client_gone = true;
        self.recorder.record(EventKind::ClientGone);
    }
}

impl Write for Outlet {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.client_gone {
            return Err(io::ErrorKind::BrokenPipe.into());
        }
        let part = &bytes[..bytes.len().min(CHUNK)];
        self.writer.write_all(part)?;
        if self.relay.is_none() {
            self.inside += part.len();
        }
        if self.inside >= CHUNK {
            self.flush()?;
        }
        Ok(part.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.client_gone {
            return Err(io::ErrorKind::BrokenPipe.into());
        }
        self.writer.flush()?;
        self.pass_on()
    }
}

/// Whether a client has closed its connection, and not only its own side of it.
pub fn has_gone(client: &TcpStream) -> bool {
    let mut polls = [PollFd::from_borrowed_fd(client.as_fd(), PollFlags::empty())];
    let now = Timespec::default();
    let gone = PollFlags::ERR | PollFlags::HUP;
    poll(&mut polls, Some(&now)).is_ok() && polls[0].revents().intersects(gone)
}

/// Whether a client has closed its own side of its connection and sent nothing that was not read.
fn has_closed_its_side(client: &TcpStream) -> bool {
    let flags = RecvFlags::PEEK | RecvFlags::DONTWAIT;
    recv(client, &mut [0; 1], flags).is_ok_and(|(got, _)| got == 0)
}

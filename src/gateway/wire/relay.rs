//! Passes an answer on to a client that takes it slowly. It holds up nobody: what it has not taken
//! waits here, in memory and then in a file, while the application goes on.

use std::io::{self, Read, Seek, SeekFrom, Write};
use std::net::TcpStream;
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use tempfile::SpooledTempFile;

use crate::exchange::Recorder;
use crate::gateway::limits;

const CHUNK: usize = 16 * 1024;

/// Sends `first`, and then relays until the server behind the wire closes its side. An error means
/// that the client has gone, or took nothing for as long as `stall`.
pub fn relay(
    upstream: &UnixStream,
    client: &TcpStream,
    first: &[u8],
    stall: Duration,
    recorder: &Recorder,
) -> io::Result<()> {
    client.set_nonblocking(true)?;
    let result = pass_on(upstream, client, first, stall, recorder);
    client.set_nonblocking(false)?;
    result
}

fn pass_on(
    mut upstream: &UnixStream,
    client: &TcpStream,
    first: &[u8],
    stall: Duration,
    recorder: &Recorder,
) -> io::Result<()> {
    let mut waiting = Waiting::new();
    waiting.push(first)?;
    let mut open = true;
    while open || !waiting.is_empty() {
        let wanted = (open && !waiting.is_full()).then_some(upstream);
        if ready(wanted, client, waiting.patience(stall))? {
            let mut bytes = [0; CHUNK];
            match upstream.read(&mut bytes) {
                Ok(0) => open = false,
                Ok(got) => waiting.push(&bytes[..got])?,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                // The server behind the wire broke off; the client is told by the missing end.
                Err(_) => open = false,
            }
        }
        // Most often the client can take the bytes at once, and it would be a waste to ask first.
        // And its system may take some before it says so: there must be room for many.
        waiting.send(client, recorder)?;
        if waiting.patience(stall) == Some(Duration::ZERO) {
            return Err(io::ErrorKind::TimedOut.into());
        }
    }
    Ok(())
}

/// Waits until the answer goes on, if more of it is wanted, or the client takes more, if there is
/// any, but not longer than `patience`; whether the answer went on.
fn ready(
    upstream: Option<&UnixStream>,
    client: &TcpStream,
    patience: Option<Duration>,
) -> io::Result<bool> {
    let taking = patience.map_or(PollFlags::empty(), |_| PollFlags::OUT);
    let mut polls = vec![PollFd::from_borrowed_fd(client.as_fd(), taking)];
    // The end of a stream is reported even to those who did not ask, and again and again.
    polls
        .extend(upstream.map(|upstream| PollFd::from_borrowed_fd(upstream.as_fd(), PollFlags::IN)));
    let patience = patience.map(Timespec::try_from).transpose();
    let patience = patience.map_err(io::Error::other)?;
    match poll(&mut polls, patience.as_ref()) {
        // Whoever waits looks at the time again.
        Err(rustix::io::Errno::INTR) => return Ok(false),
        result => result?,
    };
    if polls[0]
        .revents()
        .intersects(PollFlags::ERR | PollFlags::HUP)
    {
        return Err(io::ErrorKind::BrokenPipe.into());
    }
    Ok(polls
        .get(1)
        .is_some_and(|upstream| !upstream.revents().is_empty()))
}

/// Bytes the client has not taken yet.
struct Waiting {
    bytes: SpooledTempFile,
    taken: u64,
    length: u64,
    /// When the client last took some, or when it could have begun to.
    since: Instant,
}

impl Waiting {
    fn new() -> Self {
        Self {
            bytes: SpooledTempFile::new(limits::SPOOL_MEMORY),
            taken: 0,
            length: 0,
            since: Instant::now(),
        }
    }

    fn is_empty(&self) -> bool {
        self.taken == self.length
    }

    fn is_full(&self) -> bool {
        self.length >= limits::SPOOL
    }

    /// How much longer the client may take nothing. Without anything to take it is the application
    /// that takes its time, and its own deadline counts.
    fn patience(&self, stall: Duration) -> Option<Duration> {
        (!self.is_empty()).then(|| stall.saturating_sub(self.since.elapsed()))
    }

    fn push(&mut self, bytes: &[u8]) -> io::Result<()> {
        if self.is_empty() {
            self.since = Instant::now();
        }
        self.bytes.seek(SeekFrom::Start(self.length))?;
        self.bytes.write_all(bytes)?;
        self.length += bytes.len() as u64;
        Ok(())
    }

    /// Sends as much as the client takes now.
    fn send(&mut self, mut client: &TcpStream, recorder: &Recorder) -> io::Result<()> {
        while !self.is_empty() {
            let mut bytes = [0; CHUNK];
            self.bytes.seek(SeekFrom::Start(self.taken))?;
            let got = self.bytes.read(&mut bytes)?;
            match client.write(&bytes[..got]) {
                Ok(sent) => {
                    recorder.sent(&bytes[..sent]);
                    self.taken += sent as u64;
                    self.since = Instant::now();
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(()),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        self.bytes.set_len(0)?;
        (self.taken, self.length) = (0, 0);
        Ok(())
    }
}

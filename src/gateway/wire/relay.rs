//! Passes an answer on to a client that takes it slowly. It holds up nobody: what it has not taken
//! waits here, in memory and then in a file, while the application goes on.

use std::io::{self, Read, Seek, SeekFrom, Write};
use std::net::TcpStream;
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use tempfile::SpooledTempFile;

use crate::exchange::Recorder;
use crate::gateway::limits;

const CHUNK: usize = 16 * 1024;

/// Sends `first`, and then relays until the server behind the wire closes its side. An error means
/// that the client has gone, or took nothing for as long as `stall`. What it has not taken may wait in a file of
/// the folder.
pub fn relay(
    upstream: &UnixStream,
    client: &TcpStream,
    first: &[u8],
    (folder, stall): (&Path, Duration),
    recorder: &Recorder,
) -> io::Result<()> {
    client.set_nonblocking(true)?;
    let result = pass_on(upstream, client, first, (folder, stall), recorder);
    client.set_nonblocking(false)?;
    result
}

fn pass_on(
    mut upstream: &UnixStream,
    client: &TcpStream,
    first: &[u8],
    (folder, stall): (&Path, Duration),
    recorder: &Recorder,
) -> io::Result<()> {
    let mut waiting = Waiting::new(folder);
    waiting.push(first);
    let mut open = true;
    while open || !waiting.is_empty() {
        let wanted = (open && !waiting.is_full()).then_some(upstream);
        if ready(wanted, client, waiting.patience(stall))? {
            let mut bytes = [0; CHUNK];
            match upstream.read(&mut bytes) {
                Ok(0) => open = false,
                Ok(got) => waiting.push(&bytes[..got]),
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
    /// What came last, where no file can be written: nothing more is taken until it has left.
    held: Vec<u8>,
    /// When the client last took some, or when it could have begun to.
    since: Instant,
}

impl Waiting {
    fn new(folder: &Path) -> Self {
        Self {
            bytes: SpooledTempFile::new_in(limits::SPOOL_MEMORY, folder),
            taken: 0,
            length: 0,
            held: Vec::new(),
            since: Instant::now(),
        }
    }

    fn is_empty(&self) -> bool {
        self.taken == self.length && self.held.is_empty()
    }

    fn is_full(&self) -> bool {
        self.length >= limits::SPOOL || !self.held.is_empty()
    }

    /// How much longer the client may take nothing. Without anything to take it is the application
    /// that takes its time, and its own deadline counts.
    fn patience(&self, stall: Duration) -> Option<Duration> {
        (!self.is_empty()).then(|| stall.saturating_sub(self.since.elapsed()))
    }

    fn push(&mut self, bytes: &[u8]) {
        if self.is_empty() {
            self.since = Instant::now();
        }
        // A disk that is full is no reason to break off an answer.
        match self.write(bytes) {
            Ok(()) => self.length += bytes.len() as u64,
            Err(_) => self.held = bytes.to_vec(),
        }
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.bytes.seek(SeekFrom::Start(self.length))?;
        self.bytes.write_all(bytes)
    }

    /// Sends as much as the client takes now.
    fn send(&mut self, client: &TcpStream, recorder: &Recorder) -> io::Result<()> {
        while self.taken < self.length {
            let mut bytes = [0; CHUNK];
            self.bytes.seek(SeekFrom::Start(self.taken))?;
            // What could not be written whole may stand after the end.
            let left = usize::try_from(self.length - self.taken).unwrap_or(CHUNK);
            let got = self.bytes.read(&mut bytes[..left.min(CHUNK)])?;
            let Some(sent) = self.offer(&bytes[..got], client, recorder)? else {
                return Ok(());
            };
            self.taken += sent as u64;
        }
        self.bytes.set_len(0)?;
        (self.taken, self.length) = (0, 0);
        while !self.held.is_empty() {
            let held = std::mem::take(&mut self.held);
            let sent = self.offer(&held, client, recorder)?;
            self.held = held[sent.unwrap_or(0)..].to_vec();
            if sent.is_none() {
                return Ok(());
            }
        }
        Ok(())
    }

    /// How many of these bytes the client took; `None` when it takes nothing now.
    fn offer(
        &mut self,
        bytes: &[u8],
        mut client: &TcpStream,
        recorder: &Recorder,
    ) -> io::Result<Option<usize>> {
        match client.write(bytes) {
            Ok(sent) => {
                recorder.sent(&bytes[..sent]);
                self.since = Instant::now();
                Ok(Some(sent))
            }
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => Ok(None),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Ok(Some(0)),
            Err(error) => Err(error),
        }
    }
}

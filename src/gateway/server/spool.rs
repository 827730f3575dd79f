//! Sends a response to a slow client without holding up the application: what the client has not
//! taken waits in memory and then in a file.

use std::io::{self, Read, Seek, SeekFrom, Write};
use std::net::TcpStream;
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags};
use tempfile::SpooledTempFile;

use crate::exchange::Recorder;
use crate::gateway::http::limits;
use crate::poll::poll_once;

const CHUNK: usize = 16 * 1024;

/// Sends `first`, and then what comes from `upstream` until its end. What the client has not taken
/// may wait in a file in `folder`.
///
/// # Errors
/// When the client has gone, or has taken nothing for as long as `stall`.
pub fn send_spooled(
    upstream: &UnixStream,
    client: &TcpStream,
    first: &[u8],
    (folder, stall): (&Path, Duration),
    recorder: &Recorder,
) -> io::Result<()> {
    client.set_nonblocking(true)?;
    let result = copy(upstream, client, first, (folder, stall), recorder);
    client.set_nonblocking(false)?;
    result
}

fn copy(
    mut upstream: &UnixStream,
    client: &TcpStream,
    first: &[u8],
    (folder, stall): (&Path, Duration),
    recorder: &Recorder,
) -> io::Result<()> {
    let mut spool = Spool::new(folder);
    spool.push(first);
    let mut open = true;
    while open || !spool.is_empty() {
        let wanted = (open && !spool.is_full()).then_some(upstream);
        if ready(wanted, client, spool.time_left(stall))? {
            let mut bytes = [0; CHUNK];
            match upstream.read(&mut bytes) {
                Ok(0) => open = false,
                Ok(got) => spool.push(&bytes[..got]),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                // `tiny_http` broke off; the client sees that the end is missing.
                Err(_) => open = false,
            }
        }
        // Most often the client can take the bytes at once, so it is not polled first. Its system
        // may also take some before poll reports it.
        spool.send(client, recorder)?;
        if spool.time_left(stall) == Some(Duration::ZERO) {
            return Err(io::ErrorKind::TimedOut.into());
        }
    }
    Ok(())
}

/// Waits until `upstream` has more, where it is given, or the client can take more, where a
/// `timeout` is given, but not longer than that. Returns whether `upstream` has more.
fn ready(
    upstream: Option<&UnixStream>,
    client: &TcpStream,
    timeout: Option<Duration>,
) -> io::Result<bool> {
    let taking = timeout.map_or(PollFlags::empty(), |_| PollFlags::OUT);
    let mut polls = vec![PollFd::from_borrowed_fd(client.as_fd(), taking)];
    // Poll reports the end of a stream even where it was not asked, so upstream is left out when
    // its data is not wanted.
    polls
        .extend(upstream.map(|upstream| PollFd::from_borrowed_fd(upstream.as_fd(), PollFlags::IN)));
    match poll_once(&mut polls, timeout) {
        // The caller computes the time left anew.
        Err(error) if error.kind() == io::ErrorKind::Interrupted => return Ok(false),
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
struct Spool {
    bytes: SpooledTempFile,
    taken: u64,
    length: u64,
    /// The last bytes, where no file can be written: nothing more is read until they are sent.
    unwritten: Vec<u8>,
    /// When the client last took some, or could first have taken some.
    last_progress: Instant,
}

impl Spool {
    fn new(folder: &Path) -> Self {
        Self {
            bytes: SpooledTempFile::new_in(limits::SPOOL_MEMORY, folder),
            taken: 0,
            length: 0,
            unwritten: Vec::new(),
            last_progress: Instant::now(),
        }
    }

    fn is_empty(&self) -> bool {
        self.taken == self.length && self.unwritten.is_empty()
    }

    fn is_full(&self) -> bool {
        self.length >= limits::SPOOL || !self.unwritten.is_empty()
    }

    /// How much longer the client may take nothing. `None` when there is nothing to take: then the
    /// application's own deadline counts.
    fn time_left(&self, stall: Duration) -> Option<Duration> {
        (!self.is_empty()).then(|| stall.saturating_sub(self.last_progress.elapsed()))
    }

    fn push(&mut self, bytes: &[u8]) {
        if self.is_empty() {
            self.last_progress = Instant::now();
        }
        // A full disk is no reason to break off a response.
        match self.write(bytes) {
            Ok(()) => self.length += bytes.len() as u64,
            Err(_) => self.unwritten = bytes.to_vec(),
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
            // Bytes of a write that failed may lie beyond `length`.
            let left = usize::try_from(self.length - self.taken).unwrap_or(CHUNK);
            let got = self.bytes.read(&mut bytes[..left.min(CHUNK)])?;
            let Some(sent) = self.offer(&bytes[..got], client, recorder)? else {
                return Ok(());
            };
            self.taken += sent as u64;
        }
        self.bytes.set_len(0)?;
        (self.taken, self.length) = (0, 0);
        while !self.unwritten.is_empty() {
            let unwritten = std::mem::take(&mut self.unwritten);
            let sent = self.offer(&unwritten, client, recorder)?;
            self.unwritten = unwritten[sent.unwrap_or(0)..].to_vec();
            if sent.is_none() {
                return Ok(());
            }
        }
        Ok(())
    }

    /// How many of these bytes the client took; `None` when it can take nothing now.
    fn offer(
        &mut self,
        bytes: &[u8],
        mut client: &TcpStream,
        recorder: &Recorder,
    ) -> io::Result<Option<usize>> {
        match client.write(bytes) {
            Ok(sent) => {
                recorder.sent(&bytes[..sent]);
                self.last_progress = Instant::now();
                Ok(Some(sent))
            }
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => Ok(None),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Ok(Some(0)),
            Err(error) => Err(error),
        }
    }
}

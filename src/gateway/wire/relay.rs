//! Passes an answer on as it comes. A client that reads slowly holds up nobody: what it has not
//! taken waits here, in memory and then in a file, while the application goes on.

use std::io::{self, Read, Seek, SeekFrom, Write};
use std::net::TcpStream;
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use tempfile::SpooledTempFile;

use crate::exchange::Recorder;
use crate::gateway::limits;

const CHUNK: usize = 16 * 1024;

/// Relays until the server behind the wire closes its side. An error means that the client has
/// gone, or took nothing for longer than `stall`.
pub fn relay(
    mut upstream: &UnixStream,
    client: &TcpStream,
    stall: Duration,
    recorder: &Recorder,
) -> io::Result<()> {
    client.set_nonblocking(true)?;
    let mut waiting = Waiting::new();
    let mut open = true;
    let result = loop {
        if !open && waiting.is_empty() {
            break Ok(());
        }
        let read = open && !waiting.is_full();
        let (readable, writable) = ready(upstream, client, read, stall, &waiting)?;
        if readable {
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
        if (readable || writable)
            && let Err(error) = waiting.send(client, recorder)
        {
            break Err(error);
        }
    };
    client.set_nonblocking(false)?;
    result
}

/// Waits until the answer goes on or the client takes more.
fn ready(
    upstream: &UnixStream,
    client: &TcpStream,
    read: bool,
    stall: Duration,
    waiting: &Waiting,
) -> io::Result<(bool, bool)> {
    let flags = |wanted, flag| if wanted { flag } else { PollFlags::empty() };
    let stalled = !waiting.is_empty();
    let mut polls = [
        PollFd::from_borrowed_fd(upstream.as_fd(), flags(read, PollFlags::IN)),
        PollFd::from_borrowed_fd(client.as_fd(), flags(stalled, PollFlags::OUT)),
    ];
    // Without anything to send it is the application that takes its time, and its own deadline counts.
    let patience = Timespec::try_from(stall).map_err(io::Error::other)?;
    let got = loop {
        match poll(&mut polls, stalled.then_some(&patience)) {
            Err(rustix::io::Errno::INTR) => {}
            result => break result?,
        }
    };
    if got == 0 {
        return Err(io::ErrorKind::TimedOut.into());
    }
    let [upstream, client] = polls.map(|poll| poll.revents());
    if client.intersects(PollFlags::ERR | PollFlags::HUP) {
        return Err(io::ErrorKind::BrokenPipe.into());
    }
    Ok((
        read && !upstream.is_empty(),
        client.contains(PollFlags::OUT),
    ))
}

/// Bytes the client has not taken yet.
struct Waiting {
    bytes: SpooledTempFile,
    taken: u64,
    length: u64,
}

impl Waiting {
    fn new() -> Self {
        Self {
            bytes: SpooledTempFile::new(limits::SPOOL_MEMORY),
            taken: 0,
            length: 0,
        }
    }

    fn is_empty(&self) -> bool {
        self.taken == self.length
    }

    fn is_full(&self) -> bool {
        self.length >= limits::SPOOL
    }

    fn push(&mut self, bytes: &[u8]) -> io::Result<()> {
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

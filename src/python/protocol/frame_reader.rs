//! Reads the frames of a channel, each within a deadline, and meanwhile the other output of the
//! process.

use std::fs::File;
use std::io::{self, Read};
use std::os::fd::{AsFd as _, OwnedFd};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rustix::buffer::spare_capacity;
use rustix::event::{PollFd, PollFlags};

use super::message::WorkerMessage;
use super::output::ProcessOutput;
use crate::poll::{poll_for, retry};

/// The longest head line of a frame, in bytes. The worker keeps far below it.
const MAX_LINE: usize = 8 * 1024 * 1024;
/// How many bytes are read at once.
const READ_SIZE: usize = 64 * 1024;
/// How long to wait for the raw bytes after a head line. The worker has them already and does not
/// ask the application.
const BYTES_TIMEOUT: Duration = Duration::from_secs(10);

/// Why no message could be read.
#[derive(Debug)]
pub enum ReadError {
    /// The worker closed its pipe.
    Ended,
    /// The deadline passed.
    TimedOut,
    /// The bytes are not a frame.
    Garbled,
}

/// The reading end of a channel.
pub struct FrameReader {
    frames: File,
    output: Arc<ProcessOutput>,
    /// Every frame begins with it. What an application writes into the pipe does not.
    mark: String,
    buffer: Vec<u8>,
    start: usize,
}

impl FrameReader {
    pub fn new(frames: OwnedFd, output: Arc<ProcessOutput>, mark: String) -> Self {
        Self {
            frames: File::from(frames),
            output,
            mark,
            buffer: Vec::with_capacity(READ_SIZE),
            start: 0,
        }
    }

    /// Reads the next message, until `deadline`.
    pub fn read_message(&mut self, deadline: Instant) -> Result<WorkerMessage, ReadError> {
        let mut seen = self.start;
        loop {
            if let Some(length) = self.buffer[seen..].iter().position(|&byte| byte == b'\n') {
                let line = &self.buffer[self.start..seen + length];
                let message = line
                    .strip_prefix(self.mark.as_bytes())
                    .and_then(|line| WorkerMessage::parse(line).ok())
                    .ok_or(ReadError::Garbled);
                self.start = seen + length + 1;
                return message;
            }
            seen = self.buffer.len();
            if seen - self.start > MAX_LINE {
                return Err(ReadError::Garbled);
            }
            let kept = self.start;
            self.fill(deadline)?;
            seen -= kept - self.start;
        }
    }

    /// Waits for bytes of a frame and appends them to the buffer.
    fn fill(&mut self, deadline: Instant) -> Result<(), ReadError> {
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let (frames, output) = self.wait(left).map_err(|_| ReadError::Ended)?;
            if output {
                self.output.read();
            }
            if frames {
                break;
            }
            if left.is_zero() {
                return Err(ReadError::TimedOut);
            }
        }
        if self.start > 0 {
            self.buffer.drain(..self.start);
            self.start = 0;
        }
        self.buffer.reserve(READ_SIZE);
        // Without filling the spare capacity with zeros first.
        let got = retry(|| {
            let room = spare_capacity(&mut self.buffer);
            rustix::io::read(&self.frames, room).map_err(io::Error::from)
        });
        let got = got.unwrap_or(0);
        if got == 0 {
            return Err(ReadError::Ended);
        }
        // What the process wrote before this frame is known when the frame is.
        self.output.catch_up();
        Ok(())
    }

    /// Waits for `timeout` at most. Returns whether frames and whether output can be read.
    fn wait(&self, timeout: Duration) -> io::Result<(bool, bool)> {
        let readable = |poll: &PollFd<'_>| !poll.revents().is_empty();
        let frames = PollFd::from_borrowed_fd(self.frames.as_fd(), PollFlags::IN);
        let mut polls = vec![frames];
        polls.extend(
            self.output
                .pipe()
                .map(|pipe| PollFd::from_borrowed_fd(pipe, PollFlags::IN)),
        );
        poll_for(&mut polls, timeout)?;
        Ok((readable(&polls[0]), polls.get(1).is_some_and(readable)))
    }
}

/// The raw bytes after a frame's head line.
impl Read for FrameReader {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.start == self.buffer.len() {
            let deadline = Instant::now() + BYTES_TIMEOUT;
            self.fill(deadline)
                .map_err(|_| io::Error::from(io::ErrorKind::UnexpectedEof))?;
        }
        let got = into.len().min(self.buffer.len() - self.start);
        into[..got].copy_from_slice(&self.buffer[self.start..self.start + got]);
        self.start += got;
        Ok(got)
    }
}

#[cfg(test)]
mod tests;

//! Reads the frames of a lane, each within a deadline, and meanwhile whatever the process wrote
//! past them.

use std::fs::File;
use std::io::{self, Read};
use std::os::fd::{AsFd as _, OwnedFd};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rustix::buffer::spare_capacity;
use rustix::event::{PollFd, PollFlags, Timespec, poll};

use super::Report;
use super::output::Output;

/// The longest head line of a frame, in bytes. The worker keeps far below it.
const LONGEST_LINE: usize = 8 * 1024 * 1024;
const BLOCK: usize = 64 * 1024;
/// How long the bytes after a head line may rest: the worker has them, and the application is not asked.
const BYTES_TIMEOUT: Duration = Duration::from_secs(10);

/// Why no frame came.
#[derive(Debug)]
pub enum Silence {
    /// The worker closed its pipe: it has ended.
    Ended,
    /// The deadline passed.
    TooLate,
    /// The worker sent something that is no frame.
    Garbled,
}

/// The reading end of a lane.
pub struct Frames {
    reports: File,
    output: Arc<Output>,
    /// What each frame begins with; whatever else comes through the pipe is none.
    mark: String,
    buffer: Vec<u8>,
    start: usize,
}

impl Frames {
    pub fn new(reports: OwnedFd, output: Arc<Output>, mark: String) -> Self {
        Self {
            reports: File::from(reports),
            output,
            mark,
            buffer: Vec::with_capacity(BLOCK),
            start: 0,
        }
    }

    /// The next report, until `deadline`.
    pub fn report(&mut self, deadline: Instant) -> Result<Report, Silence> {
        let mut seen = self.start;
        loop {
            if let Some(length) = self.buffer[seen..].iter().position(|&byte| byte == b'\n') {
                let line = &self.buffer[self.start..seen + length];
                let report = line
                    .strip_prefix(self.mark.as_bytes())
                    .and_then(|line| serde_json::from_slice(line).ok())
                    .ok_or(Silence::Garbled);
                self.start = seen + length + 1;
                return report;
            }
            seen = self.buffer.len();
            if seen - self.start > LONGEST_LINE {
                return Err(Silence::Garbled);
            }
            let kept = self.start;
            self.fill(deadline)?;
            seen -= kept - self.start;
        }
    }

    /// Waits for bytes of a frame and appends them to the buffer.
    fn fill(&mut self, deadline: Instant) -> Result<(), Silence> {
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let (frames, output) = self.wait(left).map_err(|_| Silence::Ended)?;
            if output {
                self.output.read();
            }
            if frames {
                break;
            }
            if left.is_zero() {
                return Err(Silence::TooLate);
            }
        }
        if self.start > 0 {
            self.buffer.drain(..self.start);
            self.start = 0;
        }
        self.buffer.reserve(BLOCK);
        // Without filling the room with zeros first.
        let got = retry(|| {
            let room = spare_capacity(&mut self.buffer);
            rustix::io::read(&self.reports, room).map_err(io::Error::from)
        });
        let got = got.unwrap_or(0);
        if got == 0 {
            return Err(Silence::Ended);
        }
        // What was written past them before is known when they are.
        self.output.catch_up();
        Ok(())
    }

    /// Which of frames and output can be read, within `patience`.
    fn wait(&self, patience: Duration) -> io::Result<(bool, bool)> {
        let patience = Timespec::try_from(patience).map_err(io::Error::other)?;
        let readable = |poll: &PollFd<'_>| !poll.revents().is_empty();
        let frames = PollFd::from_borrowed_fd(self.reports.as_fd(), PollFlags::IN);
        let mut polls = vec![frames];
        polls.extend(
            self.output
                .pipe()
                .map(|pipe| PollFd::from_borrowed_fd(pipe, PollFlags::IN)),
        );
        retry(|| poll(&mut polls, Some(&patience)).map_err(io::Error::from))?;
        Ok((readable(&polls[0]), polls.get(1).is_some_and(readable)))
    }
}

/// The raw bytes after a frame's head line.
impl Read for Frames {
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

/// Calls again what a signal interrupted.
pub fn retry<T>(mut call: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    loop {
        match call() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            result => return result,
        }
    }
}

#[cfg(test)]
mod tests;

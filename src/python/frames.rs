//! Reads the worker's frames, each within a deadline, and whatever the process wrote past them.

use std::io::{self, Read};
use std::os::fd::{AsFd, BorrowedFd};
use std::process::{ChildStderr, ChildStdout};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

use super::protocol::Report;

/// The longest head line of a frame, in bytes. The worker keeps far below it.
const LONGEST_LINE: usize = 8 * 1024 * 1024;
const BLOCK: usize = 64 * 1024;
const LAST_WORDS: usize = 4 * 1024;

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

/// The reading ends of a worker's pipes.
pub struct Frames {
    reports: ChildStdout,
    output: Option<ChildStderr>,
    buffer: Vec<u8>,
    start: usize,
    /// What the process wrote to its own output and nobody has taken yet.
    written: Vec<u8>,
    /// The end of all it ever wrote there: its last words, should it die.
    last_words: Vec<u8>,
}

impl Frames {
    pub fn new(reports: ChildStdout, output: ChildStderr) -> Self {
        Self {
            reports,
            output: Some(output),
            buffer: Vec::with_capacity(BLOCK),
            start: 0,
            written: Vec::new(),
            last_words: Vec::new(),
        }
    }

    /// The next report, until `deadline`.
    pub fn report(&mut self, deadline: Instant) -> Result<Report, Silence> {
        let mut seen = self.start;
        loop {
            if let Some(length) = self.buffer[seen..].iter().position(|&byte| byte == b'\n') {
                let line = &self.buffer[self.start..seen + length];
                let report = serde_json::from_slice(line).map_err(|_| Silence::Garbled);
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

    /// What the process wrote past its frames, to descriptor 1 or 2, so far.
    pub fn take_written(&mut self) -> String {
        self.collect_written(Duration::ZERO);
        String::from_utf8_lossy(&std::mem::take(&mut self.written)).into_owned()
    }

    /// The end of what a process that has ended wrote there, taken or not.
    pub fn last_words(&mut self) -> String {
        while self.collect_written(Duration::from_millis(200)) {}
        String::from_utf8_lossy(&self.last_words).into_owned()
    }

    /// Waits for bytes of a frame and appends them to the buffer.
    fn fill(&mut self, deadline: Instant) -> Result<(), Silence> {
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let (frames, output) = self.wait(left).map_err(|_| Silence::Ended)?;
            if output {
                self.read_output();
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
        let old = self.buffer.len();
        self.buffer.resize(old + BLOCK, 0);
        let got = retry(|| self.reports.read(&mut self.buffer[old..])).unwrap_or(0);
        self.buffer.truncate(old + got);
        if got == 0 {
            return Err(Silence::Ended);
        }
        Ok(())
    }

    /// Which of the two pipes can be read, within `patience`.
    fn wait(&self, patience: Duration) -> io::Result<(bool, bool)> {
        let patience = Timespec::try_from(patience).map_err(io::Error::other)?;
        let readable = |poll: &PollFd<'_>| !poll.revents().is_empty();
        let frames = PollFd::from_borrowed_fd(self.reports.as_fd(), PollFlags::IN);
        let output = self.output.as_ref().map(AsFd::as_fd);
        let mut polls = vec![frames];
        polls.extend(output.map(|fd: BorrowedFd<'_>| PollFd::from_borrowed_fd(fd, PollFlags::IN)));
        retry(|| poll(&mut polls, Some(&patience)).map_err(io::Error::from))?;
        Ok((readable(&polls[0]), polls.get(1).is_some_and(readable)))
    }

    fn collect_written(&mut self, patience: Duration) -> bool {
        let Some(output) = &self.output else {
            return false;
        };
        let mut polls = [PollFd::from_borrowed_fd(output.as_fd(), PollFlags::IN)];
        let Ok(patience) = Timespec::try_from(patience) else {
            return false;
        };
        let ready = retry(|| poll(&mut polls, Some(&patience)).map_err(io::Error::from));
        matches!(ready, Ok(1..)) && self.read_output()
    }

    /// Reads once; returns whether there was anything.
    fn read_output(&mut self) -> bool {
        let Some(output) = &mut self.output else {
            return false;
        };
        let mut bytes = [0; 4096];
        let got = retry(|| output.read(&mut bytes)).unwrap_or(0);
        if got == 0 {
            self.output = None;
            return false;
        }
        self.last_words.extend_from_slice(&bytes[..got]);
        let surplus = self.last_words.len().saturating_sub(LAST_WORDS);
        self.last_words.drain(..surplus);
        let room =
            crate::exchange::KEPT_BYTES - self.written.len().min(crate::exchange::KEPT_BYTES);
        self.written.extend_from_slice(&bytes[..got.min(room)]);
        true
    }
}

/// The raw bytes after a frame's head line.
impl Read for Frames {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.start == self.buffer.len() {
            let deadline = Instant::now() + super::DEADLINE;
            self.fill(deadline)
                .map_err(|_| io::Error::from(io::ErrorKind::UnexpectedEof))?;
        }
        let got = into.len().min(self.buffer.len() - self.start);
        into[..got].copy_from_slice(&self.buffer[self.start..self.start + got]);
        self.start += got;
        Ok(got)
    }
}

fn retry<T>(mut call: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    loop {
        match call() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            result => return result,
        }
    }
}

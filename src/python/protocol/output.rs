//! What a worker's process writes to descriptor 1 or 2 itself, past its frames. Whichever of its
//! channels is read reads it too.

use std::fs::File;
use std::io::Read as _;
use std::os::fd::{AsFd as _, BorrowedFd, OwnedFd};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use parking_lot::Mutex;
use rustix::event::{PollFd, PollFlags};
use rustix::fs::{OFlags, fcntl_getfl, fcntl_setfl};

use crate::exchange::KEPT_BYTES;
use crate::poll::{poll_for, retry};

/// How many bytes of the end are kept.
const MAX_TAIL: usize = 4 * 1024;

/// How many bytes are read at once, and how many reads empty a full pipe.
const READ_SIZE: usize = 4096;
const READS_PER_PIPE: usize = 16;

/// How long to wait for the rest of what an ended process wrote: for each piece, and in all, as a
/// child of it may go on writing for ever.
const TAIL_INTERVAL: Duration = Duration::from_millis(200);
const TAIL_TIMEOUT: Duration = Duration::from_millis(500);

/// The reading end of a process's own output.
pub struct ProcessOutput {
    pipe: File,
    ended: AtomicBool,
    kept: Mutex<OutputBuffer>,
}

#[derive(Default)]
struct OutputBuffer {
    /// Not taken yet.
    untaken: Vec<u8>,
    /// The end of everything that was written.
    tail: Vec<u8>,
}

impl ProcessOutput {
    pub fn new(pipe: OwnedFd) -> std::io::Result<Self> {
        // Several channels may see that there is something, and only one of them gets it.
        fcntl_setfl(&pipe, fcntl_getfl(&pipe)? | OFlags::NONBLOCK)?;
        Ok(Self {
            pipe: File::from(pipe),
            ended: AtomicBool::new(false),
            kept: Mutex::default(),
        })
    }

    /// The descriptor to wait for together with the frames, until it has ended.
    pub fn pipe(&self) -> Option<BorrowedFd<'_>> {
        (!self.ended.load(Ordering::Acquire)).then(|| self.pipe.as_fd())
    }

    /// Reads once, without waiting; returns whether there was anything.
    pub fn read(&self) -> bool {
        let mut bytes = [0; READ_SIZE];
        let got = match retry(|| (&self.pipe).read(&mut bytes)) {
            Ok(got @ 1..) => got,
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => return false,
            _ => {
                self.ended.store(true, Ordering::Release);
                return false;
            }
        };
        let mut kept = self.kept.lock();
        kept.tail.extend_from_slice(&bytes[..got]);
        let surplus = kept.tail.len().saturating_sub(MAX_TAIL);
        kept.tail.drain(..surplus);
        let room = KEPT_BYTES.saturating_sub(kept.untaken.len());
        kept.untaken.extend_from_slice(&bytes[..got.min(room)]);
        true
    }

    /// Reads what was written so far, without waiting.
    pub fn catch_up(&self) {
        for _ in 0..READS_PER_PIPE {
            if self.pipe().is_none() || !self.read() {
                return;
            }
        }
    }

    /// What was read so far and nobody has taken yet.
    pub fn take(&self) -> String {
        String::from_utf8_lossy(&std::mem::take(&mut self.kept.lock().untaken)).into_owned()
    }

    /// The end of what a process that has ended wrote, taken or not.
    pub fn tail(&self) -> String {
        let deadline = Instant::now() + TAIL_TIMEOUT;
        while Instant::now() < deadline && self.is_readable_within(TAIL_INTERVAL) && self.read() {}
        String::from_utf8_lossy(&self.kept.lock().tail).into_owned()
    }

    fn is_readable_within(&self, timeout: Duration) -> bool {
        let Some(pipe) = self.pipe() else {
            return false;
        };
        let mut polls = [PollFd::from_borrowed_fd(pipe, PollFlags::IN)];
        matches!(poll_for(&mut polls, timeout), Ok(1..))
    }
}

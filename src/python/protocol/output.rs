//! What a worker's process writes past its frames, to descriptor 1 or 2 itself. Any lane of the
//! process may be the one that takes it.

use std::fs::File;
use std::io::Read as _;
use std::os::fd::{AsFd as _, BorrowedFd, OwnedFd};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{OFlags, fcntl_getfl, fcntl_setfl};

use super::frame_reader::retry;
use crate::exchange::KEPT_BYTES;

const LAST_WORDS: usize = 4 * 1024;

/// How often it is read to find what was written before something else: a full pipe is empty by then.
const A_PIPE: usize = 16;

/// The reading end of a process's own output.
pub struct Output {
    pipe: File,
    ended: AtomicBool,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    /// What nobody has taken yet.
    written: Vec<u8>,
    /// The end of all that was ever written: the last words, should the process die.
    last_words: Vec<u8>,
}

impl Output {
    pub fn new(pipe: OwnedFd) -> std::io::Result<Self> {
        // Several lanes may see that there is something, and only one of them gets it.
        fcntl_setfl(&pipe, fcntl_getfl(&pipe)? | OFlags::NONBLOCK)?;
        Ok(Self {
            pipe: File::from(pipe),
            ended: AtomicBool::new(false),
            kept: Mutex::default(),
        })
    }

    /// What is to be waited for together with the frames, until it has ended.
    pub fn pipe(&self) -> Option<BorrowedFd<'_>> {
        (!self.ended.load(Ordering::Acquire)).then(|| self.pipe.as_fd())
    }

    /// Reads once, without waiting; returns whether there was anything.
    pub fn read(&self) -> bool {
        let mut bytes = [0; 4096];
        let got = match retry(|| (&self.pipe).read(&mut bytes)) {
            Ok(got @ 1..) => got,
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => return false,
            _ => {
                self.ended.store(true, Ordering::Release);
                return false;
            }
        };
        let mut kept = self.kept();
        kept.last_words.extend_from_slice(&bytes[..got]);
        let surplus = kept.last_words.len().saturating_sub(LAST_WORDS);
        kept.last_words.drain(..surplus);
        let room = KEPT_BYTES.saturating_sub(kept.written.len());
        kept.written.extend_from_slice(&bytes[..got.min(room)]);
        true
    }

    /// Reads what was written so far, without waiting.
    pub fn catch_up(&self) {
        for _ in 0..A_PIPE {
            if self.pipe().is_none() || !self.read() {
                return;
            }
        }
    }

    /// What was read so far and nobody has taken yet.
    pub fn take(&self) -> String {
        String::from_utf8_lossy(&std::mem::take(&mut self.kept().written)).into_owned()
    }

    /// The end of what a process that has ended wrote, taken or not.
    pub fn last_words(&self) -> String {
        // A child of the process may go on writing for ever.
        let deadline = Instant::now() + Duration::from_millis(500);
        while Instant::now() < deadline
            && self.comes_within(Duration::from_millis(200))
            && self.read()
        {}
        String::from_utf8_lossy(&self.kept().last_words).into_owned()
    }

    fn comes_within(&self, patience: Duration) -> bool {
        let (Some(pipe), Ok(patience)) = (self.pipe(), Timespec::try_from(patience)) else {
            return false;
        };
        let mut polls = [PollFd::from_borrowed_fd(pipe, PollFlags::IN)];
        let ready = retry(|| poll(&mut polls, Some(&patience)).map_err(std::io::Error::from));
        matches!(ready, Ok(1..))
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

//! Waits for file descriptors.

use std::io;
use std::time::Duration;

use rustix::event::{PollFd, Timespec, poll};

/// Waits until one of the descriptors is ready, for at most `timeout`. Returns how many are.
pub fn poll_for(descriptors: &mut [PollFd<'_>], timeout: Duration) -> io::Result<usize> {
    let timeout = Timespec::try_from(timeout).map_err(io::Error::other)?;
    retry(|| poll(descriptors, Some(&timeout)).map_err(io::Error::from))
}

/// Repeats a system call while a signal interrupts it.
pub fn retry<T>(mut call: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    loop {
        match call() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            result => return result,
        }
    }
}

//! Waits for file descriptors.

use std::io;
use std::time::Duration;

use rustix::event::{PollFd, Timespec, poll};

/// Waits until one of the descriptors is ready, for at most `timeout`. Returns how many are.
pub fn poll_for(descriptors: &mut [PollFd<'_>], timeout: Duration) -> io::Result<usize> {
    retry(|| poll_once(descriptors, Some(timeout)))
}

/// Waits until one of the descriptors is ready, for at most `timeout` where there is one. Fails
/// when a signal comes first: the caller knows how much of the time is left.
pub fn poll_once(descriptors: &mut [PollFd<'_>], timeout: Option<Duration>) -> io::Result<usize> {
    let timeout = timeout.map(Timespec::try_from).transpose();
    let timeout = timeout.map_err(io::Error::other)?;
    Ok(poll(descriptors, timeout.as_ref())?)
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

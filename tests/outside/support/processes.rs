//! Other processes, watched without waiting in between (Linux).

use std::fs;
use std::os::fd::OwnedFd;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, PidfdFlags, pidfd_open};

use super::PATIENCE;

/// A process that runs, whatever becomes of its number.
pub struct Process(OwnedFd);

impl Process {
    pub fn running(id: Pid) -> Self {
        Self(pidfd_open(id, PidfdFlags::empty()).expect("the process runs"))
    }

    /// Waits for its end; false when it goes on.
    pub fn ends(&self) -> bool {
        let patience = Timespec::try_from(PATIENCE).expect("it is short");
        let mut polls = [PollFd::new(&self.0, PollFlags::IN)];
        poll(&mut polls, Some(&patience)).expect("a process can be waited for") == 1
    }
}

/// The processes this one started.
pub fn children(parent: Pid) -> Vec<Pid> {
    let wanted = parent.as_raw_nonzero().to_string();
    let processes = fs::read_dir("/proc").expect("Linux has /proc");
    processes
        .filter_map(|entry| {
            let stat = fs::read_to_string(entry.ok()?.path().join("stat")).ok()?;
            // The name, in parentheses, may hold anything.
            let (id, rest) = stat.split_once(' ')?;
            let parent = rest.rsplit_once(')')?.1.split(' ').nth(2)?;
            (parent == wanted).then(|| Pid::from_raw(id.parse().ok()?))?
        })
        .collect()
}

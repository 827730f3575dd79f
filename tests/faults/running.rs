//! The processes of one test, whoever their parent is by now (Linux).

use std::fs;
use std::os::fd::OwnedFd;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, PidfdFlags, pidfd_open};

use crate::support::PATIENCE;

/// A process, whatever becomes of its number.
pub struct Running {
    pub id: Pid,
    process: OwnedFd,
}

impl Running {
    /// The process of this number, if there is one.
    pub fn new(id: Pid) -> Option<Self> {
        let process = pidfd_open(id, PidfdFlags::empty()).ok()?;
        Some(Self { id, process })
    }

    /// Waits for its end; false when it goes on.
    pub fn ends(&self) -> bool {
        let patience = Timespec::try_from(PATIENCE).expect("it is short");
        let mut polls = [PollFd::new(&self.process, PollFlags::IN)];
        poll(&mut polls, Some(&patience)).expect("a process can be waited for") == 1
    }
}

/// Those that began with this variable in their environment.
pub fn marked(variable: &str, value: &str) -> Vec<Running> {
    let wanted = format!("{variable}={value}");
    let processes = fs::read_dir("/proc").expect("Linux has /proc");
    processes
        .filter_map(|entry| {
            let entry = entry.ok()?;
            let id = Pid::from_raw(entry.file_name().to_str()?.parse().ok()?)?;
            let running = Running::new(id)?;
            let environment = fs::read(entry.path().join("environ")).ok()?;
            let mut variables = environment.split(|&byte| byte == 0);
            variables
                .any(|it| it == wanted.as_bytes())
                .then_some(running)
        })
        .collect()
}

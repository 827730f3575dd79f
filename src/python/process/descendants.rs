//! Finds and ends the processes that an application started and left running. One that left its
//! group and lost its parent is found by a mark in its initial environment; one without the mark,
//! by its parents.

/// The environment variable that holds the mark of the worker a process descends from.
pub const VARIABLE: &str = "WSGI_TUTOR_WORKER";

#[cfg(target_os = "linux")]
pub use linux::{HAS_MARKS, end, end_marked, of};

#[cfg(target_os = "linux")]
mod linux {
    use std::fs;
    use std::os::fd::OwnedFd;
    use std::time::Duration;

    use rustix::event::{PollFd, PollFlags};
    use rustix::process::{Pid, PidfdFlags, Signal, pidfd_open, pidfd_send_signal};

    use super::VARIABLE;
    use crate::poll::poll_for;

    /// Whether marks can be looked for.
    pub const HAS_MARKS: bool = true;

    /// How many descendants are kept track of.
    const MAX_DESCENDANTS: usize = 1_000;
    /// How many times to look for marked processes, and how many times in a row there must be none:
    /// at first, and after some were found. A process that is being ended may just have started
    /// another, whose number was passed already.
    const MAX_ROUNDS: usize = 100;
    const EMPTY_ROUNDS: usize = 2;
    const EMPTY_ROUNDS_AFTER_SOME: usize = 20;
    /// How long to wait for a process that was killed.
    const EXIT_TIMEOUT: Duration = Duration::from_secs(1);

    /// The children of a process and their descendants, as far as their parents still run.
    pub fn of(process: Pid) -> Vec<OwnedFd> {
        let mut found = Vec::new();
        let mut parents = vec![process];
        while let Some(parent) = parents.pop() {
            for child in children(parent) {
                // Another process that gets its number later is not meant.
                if let Ok(process) = pidfd_open(child, PidfdFlags::empty())
                    && found.len() < MAX_DESCENDANTS
                {
                    found.push(process);
                    parents.push(child);
                }
            }
        }
        found
    }

    fn children(parent: Pid) -> Vec<Pid> {
        let threads = fs::read_dir(format!("/proc/{}/task", parent.as_raw_nonzero()));
        let lists = threads.into_iter().flatten().flatten();
        lists
            .filter_map(|thread| fs::read_to_string(thread.path().join("children")).ok())
            .flat_map(|list| {
                let numbers = list.split_whitespace().filter_map(|it| it.parse().ok());
                numbers.filter_map(Pid::from_raw).collect::<Vec<_>>()
            })
            .collect()
    }

    /// Kills these processes, and waits a moment until they have ended.
    pub fn end(processes: &[OwnedFd]) {
        for process in processes {
            kill(process);
        }
        wait(processes);
    }

    fn kill(process: &OwnedFd) {
        // Failing means that it has ended.
        let _ = pidfd_send_signal(process, Signal::KILL);
    }

    fn wait(processes: &[OwnedFd]) {
        for process in processes {
            let _ = poll_for(&mut [PollFd::new(process, PollFlags::IN)], EXIT_TIMEOUT);
        }
    }

    /// Kills all processes whose mark begins like this.
    pub fn end_marked(mark: &str) {
        let wanted = format!("{VARIABLE}={mark}");
        let mut left = EMPTY_ROUNDS;
        for _ in 0..MAX_ROUNDS {
            let found = kill_marked(wanted.as_bytes());
            wait(&found);
            left = if found.is_empty() {
                left - 1
            } else {
                EMPTY_ROUNDS_AFTER_SOME
            };
            if left == 0 {
                break;
            }
        }
    }

    /// Kills each as soon as it is found, before it can start another.
    fn kill_marked(wanted: &[u8]) -> Vec<OwnedFd> {
        let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
        processes
            .filter_map(|entry| {
                let name = entry.file_name();
                let id = Pid::from_raw(name.to_str()?.parse().ok()?)?;
                // Opened before it is looked at, so that no other process of the same number is
                // killed.
                let process = pidfd_open(id, PidfdFlags::empty()).ok()?;
                let environment = fs::read(entry.path().join("environ")).ok()?;
                let mut variables = environment.split(|&byte| byte == 0);
                let is_marked = variables.any(|variable| variable.starts_with(wanted));
                is_marked.then(|| {
                    kill(&process);
                    process
                })
            })
            .collect()
    }
}

#[cfg(not(target_os = "linux"))]
pub use elsewhere::{HAS_MARKS, end, end_marked, of};

/// On other systems only a process group is ended.
#[cfg(not(target_os = "linux"))]
mod elsewhere {
    use std::os::fd::OwnedFd;

    use rustix::process::Pid;

    pub const HAS_MARKS: bool = false;

    pub fn of(_process: Pid) -> Vec<OwnedFd> {
        Vec::new()
    }

    pub fn end(_processes: &[OwnedFd]) {}

    pub fn end_marked(_mark: &str) {}
}

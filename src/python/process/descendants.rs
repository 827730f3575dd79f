//! What an application has started and left running. A process that left its group and lost its parent
//! is found by a mark in the environment it began with; one without that, by its parents.

/// The variable that holds the mark of the worker a process comes from.
pub const VARIABLE: &str = "WSGI_TUTOR_WORKER";

#[cfg(target_os = "linux")]
pub use linux::{ARE_KNOWN, descendants, end, end_marked};

#[cfg(target_os = "linux")]
mod linux {
    use std::fs;
    use std::os::fd::OwnedFd;

    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use rustix::process::{Pid, PidfdFlags, Signal, pidfd_open, pidfd_send_signal};

    use super::VARIABLE;

    /// Whether marks can be looked for.
    pub const ARE_KNOWN: bool = true;

    /// How many descendants are remembered.
    const MOST: usize = 1_000;
    /// How often marked ones are looked for, at most; and how often in a row there must be none, at first and
    /// after there were some. One that is being ended may just have started another, which is missed when
    /// its number was looked at before.
    const ROUNDS: usize = 100;
    const NONE: usize = 2;
    const NONE_AFTER_SOME: usize = 20;
    /// How long a process that is being ended is waited for, in seconds.
    const PATIENCE: i64 = 1;

    /// Those a process has started, and those they have, as far as their parents still run.
    pub fn descendants(of: Pid) -> Vec<OwnedFd> {
        let mut found = Vec::new();
        let mut parents = vec![of];
        while let Some(parent) = parents.pop() {
            for child in children(parent) {
                // Whoever has its number later is not meant.
                if let Ok(process) = pidfd_open(child, PidfdFlags::empty())
                    && found.len() < MOST
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

    /// Ends these, and waits for a moment until they have ended.
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
        let patience = Timespec {
            tv_sec: PATIENCE,
            tv_nsec: 0,
        };
        for process in processes {
            let _ = poll(&mut [PollFd::new(process, PollFlags::IN)], Some(&patience));
        }
    }

    /// Ends all whose mark begins like this.
    pub fn end_marked(mark: &str) {
        let wanted = format!("{VARIABLE}={mark}");
        let mut left = NONE;
        for _ in 0..ROUNDS {
            let found = kill_marked(wanted.as_bytes());
            wait(&found);
            left = if found.is_empty() {
                left - 1
            } else {
                NONE_AFTER_SOME
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
                // Before it is looked at, so that it is this one that is ended.
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
pub use elsewhere::{ARE_KNOWN, descendants, end, end_marked};

/// Elsewhere only a process group is ended.
#[cfg(not(target_os = "linux"))]
mod elsewhere {
    use std::os::fd::OwnedFd;

    use rustix::process::Pid;

    pub const ARE_KNOWN: bool = false;

    pub fn descendants(_of: Pid) -> Vec<OwnedFd> {
        Vec::new()
    }

    pub fn end(_processes: &[OwnedFd]) {}

    pub fn end_marked(_mark: &str) {}
}

//! The worker processes that run, so that all of them can be ended at once.

use std::collections::HashSet;
use std::io;
use std::path::Path;
use std::process::Child;
use std::sync::Arc;

use parking_lot::Mutex;
use rustix::process::{Pid, Signal, WaitOptions, kill_process, kill_process_group, waitpid};

use super::descendants;
use super::watchdog::Watchdog;

/// The workers of one run of the program.
#[derive(Debug, Clone)]
pub struct ProcessRegistry(Arc<Mutex<Processes>>);

#[derive(Debug)]
struct Processes {
    /// How the marks of all workers of this run begin. Their descendants are found by them.
    run: String,
    /// How many workers were spawned.
    spawned: u64,
    /// The numbers of their process groups.
    groups: HashSet<Pid>,
    /// No more are spawned.
    closed: bool,
    /// Runs from the first worker on.
    watchdog: Option<Watchdog>,
}

impl ProcessRegistry {
    pub fn new() -> Self {
        Self(Arc::new(Mutex::new(Processes {
            run: format!("{:016x}-", fastrand::u64(..)),
            spawned: 0,
            groups: HashSet::new(),
            closed: false,
            watchdog: None,
        })))
    }

    /// Spawns a worker with `spawn`, which takes the mark of the worker's descendants, and returns
    /// both. `program` is this program's own path.
    pub fn spawn(
        &self,
        program: &Path,
        spawn: impl FnOnce(&str) -> io::Result<Child>,
    ) -> io::Result<(Child, String)> {
        // Held until the new process is registered, so that `end_all` misses none.
        let mut processes = self.0.lock();
        if processes.closed {
            return Err(io::Error::other("the tutor is closing"));
        }
        processes.spawned += 1;
        let mark = format!("{}{}-", processes.run, processes.spawned);
        let child = spawn(&mark)?;
        if let Some(group) = process_group(&child) {
            processes.groups.insert(group);
        }
        if processes.watchdog.is_none() {
            // Without a watchdog only a killed tutor leaves processes behind.
            processes.watchdog = Watchdog::spawn(program, &processes.run).ok();
        }
        Ok((child, mark))
    }

    pub fn is_closed(&self) -> bool {
        self.0.lock().closed
    }

    /// Forgets a worker that is about to be waited for. Returns whether it was registered: once it
    /// was waited for, its number may belong to another process.
    pub fn remove(&self, group: Pid) -> bool {
        self.0.lock().groups.remove(&group)
    }

    /// Ends every worker and whatever it started, and spawns no more.
    pub fn end_all(&self) {
        let mut processes = self.0.lock();
        processes.closed = true;
        let groups: Vec<Pid> = processes.groups.drain().collect();
        let run = processes.run.clone();
        let watchdog = processes.watchdog.take();
        drop(processes);
        let found: Vec<_> = groups.iter().copied().flat_map(descendants::of).collect();
        for &group in &groups {
            kill_group(group);
        }
        for group in groups {
            // Failing means that its owner has waited for it already.
            let _ = waitpid(Some(group), WaitOptions::empty());
        }
        descendants::end(&found);
        descendants::end_marked(&run);
        drop(watchdog);
    }
}

/// A worker leads a process group of its own number.
pub fn process_group(child: &Child) -> Option<Pid> {
    i32::try_from(child.id()).ok().and_then(Pid::from_raw)
}

/// Kills a worker that nobody has waited for yet, and its group.
pub fn kill_group(worker: Pid) {
    // Failing means that there is nobody left in the group.
    let _ = kill_process_group(worker, Signal::KILL);
    // It may have gone to another group.
    let _ = kill_process(worker, Signal::KILL);
}

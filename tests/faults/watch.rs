//! What the tutor and its workers hold: threads, file descriptors, memory (Linux).

use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::Pid;

use crate::support::{PATIENCE, Tutor, children};

/// How often to look where nothing tells.
const GLANCE: Duration = Duration::from_millis(10);
/// The most memory the tutor, or a worker, may ever have had: 64 MiB, in KiB.
const BUDGET: u64 = 64 * 1024;
/// What the allocator may keep, or lay out in another way, from one time to the next, in KiB: half
/// as much again as the largest body.
const SLACK: u64 = 24 * 1024;
/// The same for a worker, which keeps nothing of a request that is over.
const WORKERS_SLACK: u64 = 12 * 1024;
/// What may stay ready for the next request: the threads that serve connections, and a connection
/// through the server behind the wire, three descriptors of it.
const READY_THREADS: usize = 8;
const READY_DESCRIPTORS: usize = 3;
/// The words for that in the rows of the table.
pub const AS_BEFORE: &str = "nothing is left of it";

/// What a process holds.
#[derive(Debug, Clone, Copy)]
struct Held {
    threads: usize,
    descriptors: usize,
    /// In KiB.
    memory: u64,
    /// The most memory it ever had, in KiB.
    peak: u64,
}

impl Held {
    fn by(process: Pid) -> Self {
        let status = format!("/proc/{}/status", process.as_raw_nonzero());
        let status = fs::read_to_string(status).expect("the process runs");
        let number = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name));
            let words = line.expect("it is told").trim_end_matches("kB");
            words.trim().parse().expect("it is a number")
        };
        Self {
            threads: count(process, "task"),
            descriptors: descriptors(process),
            memory: number("VmRSS:"),
            peak: number("VmHWM:"),
        }
    }

    fn is_no_more_than(&self, before: &Self, slack: u64) -> bool {
        self.threads <= before.threads
            && self.descriptors <= before.descriptors
            && self.memory <= before.memory + slack
    }
}

fn descriptors(process: Pid) -> usize {
    count(process, "fd")
}

fn count(process: Pid, folder: &str) -> usize {
    let folder = format!("/proc/{}/{folder}", process.as_raw_nonzero());
    // One that has just ended has none.
    fs::read_dir(folder).map_or(0, Iterator::count)
}

/// The Python processes of a tutor; the watchdog does nothing before the tutor is killed.
fn workers(tutor: Pid) -> Vec<Pid> {
    let is_worker = |id: &Pid| {
        let name = fs::read_to_string(format!("/proc/{}/comm", id.as_raw_nonzero()));
        name.is_ok_and(|name| name.trim_end() != "wsgi-watchdog")
    };
    children(tutor).into_iter().filter(is_worker).collect()
}

/// Has clients do something, once so that everything is in place that stays, and once more. Asserts
/// that the second time leaves nothing behind, and that memory stayed within its budget.
pub fn assert_leaves_nothing(tutor: &Tutor, fault: impl Fn()) {
    let workers = until(
        "the worker for the next save",
        || workers(tutor.id()),
        |workers| workers.len() == 2,
    );
    let processes = [vec![tutor.id()], workers].concat();
    let held = || -> Vec<Held> { processes.iter().copied().map(Held::by).collect() };
    let mut quiet = held();
    quiet[0].threads += READY_THREADS;
    quiet[0].descriptors += READY_DESCRIPTORS;
    // The one that waits may be starting still, and will hold what the other one holds.
    let most = quiet[1].descriptors.max(quiet[2].descriptors);
    quiet[1].descriptors = most;
    quiet[2].descriptors = most;
    fault();
    // Threads and descriptors of the first time go as well; memory may be kept for the next time.
    let generous: Vec<Held> = quiet
        .iter()
        .map(|held| Held {
            memory: BUDGET,
            ..*held
        })
        .collect();
    let first = until(
        &format!("the end of the first time, {quiet:?},"),
        held,
        |now| are_no_more(now, &generous),
    );
    let before: Vec<Held> = quiet
        .iter()
        .zip(&first)
        .map(|(quiet, first)| Held {
            memory: first.memory,
            ..*quiet
        })
        .collect();
    fault();
    let after = until(
        &format!("the end of the second time, {before:?},"),
        held,
        |now| are_no_more(now, &before),
    );
    for held in after {
        assert!(held.peak <= BUDGET, "{held:?}");
    }
}

/// Asserts that the tutor never took more memory than it may.
pub fn assert_within_budget(tutor: Pid) {
    let held = Held::by(tutor);
    assert!(held.peak <= BUDGET, "{held:?}");
}

fn are_no_more(now: &[Held], before: &[Held]) -> bool {
    let slacks = [SLACK, WORKERS_SLACK, WORKERS_SLACK];
    now.iter()
        .zip(before)
        .zip(slacks)
        .all(|((now, before), slack)| now.is_no_more_than(before, slack))
}

/// Looks until what is seen will do.
pub fn until<T: std::fmt::Debug>(
    what: &str,
    mut look: impl FnMut() -> T,
    will_do: impl Fn(&T) -> bool,
) -> T {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let seen = look();
        if will_do(&seen) {
            return seen;
        }
        assert!(Instant::now() < deadline, "{what} does not come: {seen:?}");
        thread::sleep(GLANCE);
    }
}

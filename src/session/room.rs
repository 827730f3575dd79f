//! What the system must let this program have before a server starts. Where it gets less, a library in here
//! panics or waits for ever, each in its own way, and nobody could tell from that what to do.

use std::ffi::OsString;
use std::fmt;
use std::os::unix::process::CommandExt as _;
use std::process::Command;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use rustix::process::{Resource, getrlimit};
use signal_hook::consts::SIGPIPE;
use signal_hook::flag;

use crate::python::Crowd;

/// Files and connections open at once: with fewer not even one client is served.
const DESCRIPTORS: u64 = 64;
/// Threads and processes at once: those that serve, watch and draw, and two Pythons. More of them call an
/// application, where that is asked for.
const THREADS: usize = 32;
/// With a limit this high nobody tries how many there are, which takes 2 ms.
const MANY_THREADS: u64 = 8192;
/// Bytes of addresses, in each process: an embedded Python has 55 MiB when it does nothing.
const ADDRESSES: u64 = 128 * MIB;
/// Bytes of addresses for each further thread that calls an application: its stack, most of all.
const THREAD_ADDRESSES: u64 = 16 * MIB;
/// Bytes of addresses with which nothing need be spared.
const PLENTY: u64 = 2048 * MIB;
const MIB: u64 = 1024 * 1024;
/// Says that addresses are spared already, and what spares them.
const SPARING: &str = "WSGI_TUTOR_SPARING";
const SPARED: [(&str, &str); 2] = [(SPARING, "1"), ("MALLOC_ARENA_MAX", "1")];

/// What there is too little of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Short {
    /// How many may be open at once.
    Descriptors { most: u64 },
    /// Bytes a process may have, and needs.
    Addresses { most: u64, needed: u64 },
    /// How many could be started, and are needed.
    Threads { most: usize, needed: usize },
}

impl Short {
    /// What is missing.
    #[must_use]
    pub fn found(self) -> String {
        match self {
            Self::Descriptors { most } => {
                format!("a program may have {most} files open here, and {DESCRIPTORS} are needed")
            }
            Self::Addresses { most, needed } => format!(
                "a program may have {} MiB of memory here, and {} are needed",
                most / MIB,
                needed / MIB
            ),
            Self::Threads { most, needed } => {
                format!("the system gives you {most} more threads, and {needed} are needed")
            }
        }
    }

    /// What to do.
    #[must_use]
    pub fn mend(self) -> &'static str {
        match self {
            Self::Descriptors { .. } => "start it from a shell where 'ulimit -Hn' is higher",
            Self::Addresses { .. } => "start it from a shell where 'ulimit -v' is higher",
            Self::Threads { .. } => {
                "end other programs of yours, or start it from a shell where 'ulimit -u' is higher"
            }
        }
    }
}

impl std::error::Error for Short {}

/// Both in one line.
impl fmt::Display for Short {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; {}", self.found(), self.mend())
    }
}

/// Looks whether there is enough of everything for so many who call an application.
///
/// # Errors
/// When there is not; the error says what to do.
pub fn look(crowd: Crowd) -> Result<(), Short> {
    // The gateway raises the current limit as far as it may.
    if let Some(most) = getrlimit(Resource::Nofile).maximum
        && most < DESCRIPTORS
    {
        return Err(Short::Descriptors { most });
    }
    let needed = ADDRESSES + crowd.threads.saturating_sub(1) as u64 * THREAD_ADDRESSES;
    if let Some(most) = getrlimit(Resource::As).current
        && most < needed
    {
        return Err(Short::Addresses { most, needed });
    }
    let needed = THREADS + crowd.calls().saturating_sub(1);
    if let Some(limit) = getrlimit(Resource::Nproc).current
        && limit < MANY_THREADS
        && let most = threads(needed)
        && most < needed
    {
        return Err(Short::Threads { most, needed });
    }
    Ok(())
}

/// How many threads the system gives at once, of so many. What is left of a limit nobody but the system
/// knows: it counts those of all of a user's programs.
fn threads(wanted: usize) -> usize {
    let turn = Mutex::new(());
    thread::scope(|scope| {
        // None ends before the last one was started.
        let _all = turn.lock().unwrap_or_else(PoisonError::into_inner);
        let wait = || drop(turn.lock());
        let mut started = 0..wanted;
        let fails = |_: &usize| {
            let smallest = thread::Builder::new().stack_size(0);
            smallest.spawn_scoped(scope, wait).is_err()
        };
        started.find(fails).unwrap_or(wanted)
    })
}

/// Where addresses are scarce, starts this program again in this process, so that it takes fewer of them:
/// glibc sets 64 MiB aside for each of many threads, and where it cannot the program ends without a word.
/// Returns when nothing needs be done, or the system does not let it.
pub fn spare_addresses(arguments: &[OsString]) {
    let is_scarce = getrlimit(Resource::As)
        .current
        .is_some_and(|most| most < PLENTY);
    // A program with more rights than its user is not told what its user says of glibc, and would start again
    // for ever without a word of its own.
    if !cfg!(target_env = "gnu") || !is_scarce || std::env::var_os(SPARING).is_some() {
        return;
    }
    let ([name, rest @ ..], Ok(program)) = (arguments, std::env::current_exe()) else {
        return;
    };
    let mut again = Command::new(program);
    again.arg0(name).args(rest).envs(SPARED);
    // What comes back is an error, and it goes on as it is. Only that whoever writes to a pipe that was closed
    // is told so has to be said again.
    let _ = again.exec();
    let _ = flag::register(SIGPIPE, Arc::default());
}

#[cfg(test)]
mod tests {
    use super::{Short, look, threads};
    use crate::python::Crowd;

    #[test]
    fn here_is_enough() {
        assert_eq!(look(Crowd::default()), Ok(()));
        assert_eq!(threads(3), 3);
    }

    #[test]
    fn what_is_short_is_told_with_what_to_do() {
        let (most, needed) = (7, 32);
        let short = Short::Threads { most, needed }.to_string();
        assert!(short.contains("7 more threads, and 32 are needed; end other"));
    }
}

//! What the system must let this program have before anything starts. Where it gets less, a library in here
//! panics or waits for ever, each in its own way, and nobody could tell from that what to do.

use std::ffi::OsString;
use std::fmt;
use std::io;
use std::os::unix::process::CommandExt as _;
use std::process::Command;
use std::sync::{Mutex, PoisonError};
use std::thread;

use rustix::process::{Resource, getrlimit};

/// Files and connections open at once: with fewer not even one client is served.
const DESCRIPTORS: u64 = 64;
/// Threads and processes at once: those that serve, watch and draw, and two Pythons.
const THREADS: usize = 32;
/// With a limit this high nobody tries how many there are, which takes 2 ms.
const MANY_THREADS: u64 = 1024;
/// Bytes of addresses, in each process: an embedded Python has 55 MiB when it does nothing.
const ADDRESSES: u64 = 128 * MIB;
/// Bytes of addresses with which nothing need be spared.
const PLENTY: u64 = 2048 * MIB;
const MIB: u64 = 1024 * 1024;

/// What there is too little of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Short {
    /// How many may be open at once.
    Descriptors(u64),
    /// Bytes a process may have.
    Addresses(u64),
    /// How many could be started.
    Threads(usize),
}

impl Short {
    /// What is missing.
    #[must_use]
    pub fn found(self) -> String {
        match self {
            Self::Descriptors(most) => {
                format!("a program may have {most} files open here, and {DESCRIPTORS} are needed")
            }
            Self::Addresses(most) => format!(
                "a program may have {} MiB of memory here, and {} are needed",
                most / MIB,
                ADDRESSES / MIB
            ),
            Self::Threads(number) => {
                format!("the system gives you {number} more threads, and {THREADS} are needed")
            }
        }
    }

    /// What to do.
    #[must_use]
    pub fn mend(self) -> &'static str {
        match self {
            Self::Descriptors(_) => "start it from a shell where 'ulimit -Hn' is higher",
            Self::Addresses(_) => "start it from a shell where 'ulimit -v' is higher",
            Self::Threads(_) => {
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

/// Looks whether there is enough of everything.
///
/// # Errors
/// When there is not; the error says what to do.
pub fn look() -> Result<(), Short> {
    // The gateway raises the current limit as far as it may.
    if let Some(most) = getrlimit(Resource::Nofile).maximum
        && most < DESCRIPTORS
    {
        return Err(Short::Descriptors(most));
    }
    if let Some(most) = getrlimit(Resource::As).current
        && most < ADDRESSES
    {
        return Err(Short::Addresses(most));
    }
    if getrlimit(Resource::Nproc)
        .current
        .is_some_and(|most| most < MANY_THREADS)
    {
        let number = threads(THREADS);
        if number < THREADS {
            return Err(Short::Threads(number));
        }
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
    const ARENAS: &str = "MALLOC_ARENA_MAX";
    let is_scarce = getrlimit(Resource::As)
        .current
        .is_some_and(|most| most < PLENTY);
    if !cfg!(target_env = "gnu") || !is_scarce || std::env::var_os(ARENAS).is_some() {
        return;
    }
    let [name, rest @ ..] = arguments else {
        return;
    };
    let again = |program| -> io::Error {
        Command::new(program)
            .arg0(name)
            .args(rest)
            .env(ARENAS, "1")
            .exec()
    };
    // What comes back is an error, and it goes on as it is.
    let _ = std::env::current_exe().map(again);
}

#[cfg(test)]
mod tests {
    use super::{Short, look, threads};

    #[test]
    fn here_is_enough() {
        assert_eq!(look(), Ok(()));
        assert_eq!(threads(3), 3);
    }

    #[test]
    fn the_system_has_not_endless_threads() {
        assert_eq!(threads(0), 0);
        let short = Short::Threads(7).to_string();
        assert!(short.contains("7 more threads") && short.contains("ulimit -u"));
    }
}

//! Checks the system's limits (`ulimit`) before a server starts. Below them, libraries in this
//! program panic or wait for ever, and none says what to do.

use std::ffi::OsString;
use std::fmt;
use std::os::unix::process::CommandExt as _;
use std::process::Command;
use std::sync::Arc;
use std::thread;

use parking_lot::Mutex;
use rustix::process::{Resource, getrlimit};
use signal_hook::consts::SIGPIPE;
use signal_hook::flag;

use crate::python::PoolSize;

/// Open files and connections: with fewer not even one client can be served.
const MIN_DESCRIPTORS: u64 = 64;
/// Threads and processes: those that serve, watch and draw, and two Pythons. `--threads` and
/// `--workers` need more.
const MIN_THREADS: usize = 32;
/// With a limit this high the number is not tried out, which takes 2 ms.
const AMPLE_THREADS: u64 = 8192;
/// Bytes of address space for each process: an idle embedded Python takes 55 MiB.
const MIN_ADDRESSES: u64 = 128 * MIB;
/// Bytes of address space for each further thread that calls an application: mostly its stack.
const THREAD_ADDRESSES: u64 = 16 * MIB;
/// Bytes of address space with which nothing need be spared.
const AMPLE_ADDRESSES: u64 = 2048 * MIB;
const MIB: u64 = 1024 * 1024;
/// Says that this process spares addresses already; and the variables that make it.
const SPARING: &str = "WSGI_TUTOR_SPARING";
const SPARED: [(&str, &str); 2] = [(SPARING, "1"), ("MALLOC_ARENA_MAX", "1")];

/// A limit that is too low.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shortage {
    /// How many files may be open at once.
    Descriptors { most: u64 },
    /// Bytes of address space a process may have, and needs.
    Addresses { most: u64, needed: u64 },
    /// How many threads could be started, and are needed.
    Threads { most: usize, needed: usize },
}

impl Shortage {
    /// What is missing.
    pub fn problem(self) -> String {
        match self {
            Self::Descriptors { most } => {
                format!(
                    "a program may have {most} files open here, and {MIN_DESCRIPTORS} are needed"
                )
            }
            Self::Addresses { most, needed } => format!(
                "a program may have {} MiB of memory here, and {} are needed",
                most / MIB,
                needed / MIB
            ),
            Self::Threads { most, needed } => {
                format!("the system allows you {most} more threads, and {needed} are needed")
            }
        }
    }

    /// What to do.
    pub fn remedy(self) -> &'static str {
        match self {
            Self::Descriptors { .. } => "start it from a shell where 'ulimit -Hn' is higher",
            Self::Addresses { .. } => "start it from a shell where 'ulimit -v' is higher",
            Self::Threads { .. } => {
                "end some of your other programs, or start it from a shell where 'ulimit -u' is higher"
            }
        }
    }
}

impl std::error::Error for Shortage {}

/// Both in one line.
impl fmt::Display for Shortage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; {}", self.problem(), self.remedy())
    }
}

/// Checks that the limits allow this many calls of an application at once.
///
/// # Errors
/// When one does not; the error says what to do.
pub fn check(pool_size: PoolSize) -> Result<(), Shortage> {
    // The gateway raises the current limit as far as it may.
    if let Some(most) = getrlimit(Resource::Nofile).maximum
        && most < MIN_DESCRIPTORS
    {
        return Err(Shortage::Descriptors { most });
    }
    let needed = MIN_ADDRESSES + pool_size.threads.saturating_sub(1) as u64 * THREAD_ADDRESSES;
    if let Some(most) = getrlimit(Resource::As).current
        && most < needed
    {
        return Err(Shortage::Addresses { most, needed });
    }
    let needed = MIN_THREADS + pool_size.calls().saturating_sub(1);
    if let Some(limit) = getrlimit(Resource::Nproc).current
        && limit < AMPLE_THREADS
        && let most = available_threads(needed)
        && most < needed
    {
        return Err(Shortage::Threads { most, needed });
    }
    Ok(())
}

/// How many threads can be started, of `wanted`. Only trying tells: the limit counts the threads of
/// all of a user's programs.
fn available_threads(wanted: usize) -> usize {
    let all_started = Mutex::new(());
    thread::scope(|scope| {
        // No thread ends before the last one was started.
        let _guard = all_started.lock();
        let wait = || drop(all_started.lock());
        let mut started = 0..wanted;
        let fails = |_: &usize| {
            let smallest = thread::Builder::new().stack_size(0);
            smallest.spawn_scoped(scope, wait).is_err()
        };
        started.find(fails).unwrap_or(wanted)
    })
}

/// Where address space is scarce, replaces this process with the same program and one malloc arena:
/// glibc reserves 64 MiB for the arena of each thread, and where it cannot the program ends without
/// a message. Returns when there is nothing to do, or it failed.
pub fn spare_addresses(arguments: &[OsString]) {
    let is_scarce = getrlimit(Resource::As)
        .current
        .is_some_and(|most| most < AMPLE_ADDRESSES);
    // glibc ignores MALLOC_ARENA_MAX in a setuid program; SPARING keeps that from starting again
    // for ever.
    if !cfg!(target_env = "gnu") || !is_scarce || std::env::var_os(SPARING).is_some() {
        return;
    }
    let ([name, rest @ ..], Ok(program)) = (arguments, std::env::current_exe()) else {
        return;
    };
    let mut again = Command::new(program);
    again.arg0(name).args(rest).envs(SPARED);
    // `exec` only returns with an error, and the program goes on as it is. It has reset SIGPIPE.
    let _ = again.exec();
    let _ = flag::register(SIGPIPE, Arc::default());
}

#[cfg(test)]
mod tests {
    use super::{Shortage, available_threads, check};
    use crate::python::PoolSize;

    #[test]
    fn this_machine_has_enough() {
        assert_eq!(check(PoolSize::default()), Ok(()));
        assert_eq!(available_threads(3), 3);
    }

    #[test]
    fn a_shortage_says_what_to_do() {
        let (most, needed) = (7, 32);
        let short = Shortage::Threads { most, needed }.to_string();
        assert!(short.contains("7 more threads, and 32 are needed; end some"));
    }
}

//! Starts, watches and ends worker processes. Here is what a worker does before any Python runs: it
//! limits its own resources, makes sure that it dies with the tutor, and becomes the interpreter.

pub mod config;
mod descendants;
mod exit_reason;
mod out_of_memory;
pub mod registry;
mod spawn;
pub mod standby;
pub mod watchdog;
pub mod worker;
pub mod worker_channel;

use std::ffi::OsString;
use std::io;
use std::os::unix::process::CommandExt as _;
use std::process::{Command, ExitCode};

use rustix::process::{Pid, Resource, Rlimit, getppid, getrlimit, setrlimit};

use super::limits::MAX_MEMORY;

/// The command line word that makes this program a worker: not for people, so not in `--help`.
pub const COMMAND: &str = "__worker";

/// Becomes a worker. The arguments are the tutor's process number, `embedded` or the path of an
/// interpreter, the path of the program for it, the deadline in seconds, and what each frame begins
/// with.
pub fn run(arguments: &[OsString]) -> ExitCode {
    match start(arguments) {
        Ok(code) => code,
        Err(error) => {
            // The supervisor reads this and shows it.
            eprintln!("the worker could not start: {error}");
            ExitCode::FAILURE
        }
    }
}

fn start(arguments: &[OsString]) -> io::Result<ExitCode> {
    let [parent, engine, worker, deadline, mark] = arguments else {
        return Err(io::Error::other("it is started by the tutor only"));
    };
    die_with_parent(parent)?;
    limit_resources()?;
    if engine == "embedded" {
        return Ok(embedded([deadline, mark]));
    }
    Err(Command::new(engine).args([worker, deadline, mark]).exec())
}

/// Makes the kernel kill this process when the tutor ends, however that happens. On systems other
/// than Linux the worker reads the end of its pipe.
fn die_with_parent(parent: &OsString) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL))?;
    let still_there = getppid()
        .map(Pid::as_raw_nonzero)
        .map(|pid| pid.to_string());
    if still_there.as_deref().map(OsString::from).as_ref() == Some(parent) {
        Ok(())
    } else {
        Err(io::Error::other("the tutor has gone"))
    }
}

fn limit_resources() -> io::Result<()> {
    for (resource, most) in [(Resource::As, MAX_MEMORY), (Resource::Core, 0)] {
        let maximum = getrlimit(resource).maximum;
        let current = Some(maximum.map_or(most, |maximum| most.min(maximum)));
        setrlimit(resource, Rlimit { current, maximum })?;
    }
    Ok(())
}

/// The Python inside this program, as in `RustPython 3.14.0`, where it has one.
#[cfg(feature = "embedded-python")]
pub fn embedded_version() -> Option<String> {
    Some(format!("RustPython {}", super::embedded::version()))
}

/// The Python inside this program, which has none.
#[cfg(not(feature = "embedded-python"))]
pub fn embedded_version() -> Option<String> {
    None
}

#[cfg(feature = "embedded-python")]
fn embedded(arguments: [&OsString; 2]) -> ExitCode {
    super::embedded::run(&super::program::BUNDLE, arguments)
}

#[cfg(not(feature = "embedded-python"))]
fn embedded(_arguments: [&OsString; 2]) -> ExitCode {
    eprintln!("this build has no embedded Python");
    ExitCode::FAILURE
}

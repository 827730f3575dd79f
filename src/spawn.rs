//! Spawns child processes, and suspends the job (Ctrl-Z) only while none is being spawned. Between
//! `fork` and `exec` a child is still in our process group; stopped there, it would block the
//! spawning thread, and with it the shell, for ever.

use std::io;
use std::process::{Child, Command};

use parking_lot::RwLock;
use rustix::process::{Signal, kill_current_process_group};

/// Held for reading while a process is spawned, and for writing while the job is suspended.
static SPAWNING: RwLock<()> = RwLock::new(());

/// Spawns a process, but not while the job is being suspended.
///
/// # Errors
/// When it cannot be started.
pub fn spawn(command: &mut Command) -> io::Result<Child> {
    let _spawning = SPAWNING.read();
    command.spawn()
}

/// Stops all processes of this program's group, until the shell continues them.
///
/// # Errors
/// When the system does not let it.
pub fn suspend_process_group() -> io::Result<()> {
    let _no_spawning = SPAWNING.write();
    Ok(kill_current_process_group(Signal::STOP)?)
}

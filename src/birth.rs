//! Processes that are being started, and the moment when the whole job is stopped. Until it runs its own
//! program a new process may still be in this one's group, and the thread that starts it waits for it. Stopped
//! just then it would never go on, that thread would never stop, and the shell would wait for ever.

use std::io;
use std::process::{Child, Command};
use std::sync::{PoisonError, RwLock};

use rustix::process::{Signal, kill_current_process_group};

/// Read by whoever starts a process, and written by whoever wants that nobody does.
static BIRTHS: RwLock<()> = RwLock::new(());

/// Starts a process, and not while the job is being stopped.
///
/// # Errors
/// When it cannot be started.
pub fn spawn(command: &mut Command) -> io::Result<Child> {
    let _birth = BIRTHS.read().unwrap_or_else(PoisonError::into_inner);
    command.spawn()
}

/// Stops all processes of this program's group, until somebody lets them go on.
///
/// # Errors
/// When the system does not let it.
pub fn stop_job() -> io::Result<()> {
    let _none = BIRTHS.write().unwrap_or_else(PoisonError::into_inner);
    Ok(kill_current_process_group(Signal::STOP)?)
}

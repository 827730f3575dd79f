//! A watchdog process: if the tutor is killed with SIGKILL, it ends the processes that applications
//! started.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Child, Command, ExitCode, Stdio};

use super::descendants;
use crate::spawn;

/// The command line word that makes this program a watchdog. Not for people, so not in `--help`.
pub const COMMAND: &str = "__watchdog";

/// Its name in lists of processes, of 15 bytes at most. It differs from the program's, so that
/// killing every `wsgi-tutor` by name spares it.
const NAME: &str = "wsgi-watchdog";

/// A watchdog that waits for the end of the tutor. Dropping it stops it, and nothing else is ended.
#[derive(Debug)]
pub struct Watchdog(Child);

impl Watchdog {
    /// Spawns a watchdog for all processes whose marks begin with `run`. `program` is this
    /// program's own path.
    ///
    /// # Errors
    /// When no process can be spawned, and on systems where marks cannot be looked for.
    pub fn spawn(program: &Path, run: &str) -> io::Result<Self> {
        if !descendants::HAS_MARKS {
            return Err(io::ErrorKind::Unsupported.into());
        }
        let mut command = Command::new(program);
        command
            .arg0(NAME)
            .args([COMMAND, run])
            .current_dir("/")
            // The other end is closed when the tutor ends, however it does; no worker has it.
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            // Ctrl-C in the terminal is for the tutor.
            .process_group(0);
        Ok(Self(spawn::spawn(&mut command)?))
    }
}

impl Drop for Watchdog {
    fn drop(&mut self) {
        // Failing means that somebody else has ended it.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Becomes a watchdog. The argument is how the marks begin.
pub fn run(arguments: &[OsString]) -> ExitCode {
    let run = match arguments {
        // All marks begin with nothing.
        [run] if !run.is_empty() => run.to_str(),
        _ => None,
    };
    let Some(run) = run else {
        eprintln!("the watchdog is started by the tutor only");
        return ExitCode::FAILURE;
    };
    // On Linux; it matters to lists only.
    let _ = fs::write("/proc/self/comm", NAME);
    let _ = io::copy(&mut io::stdin().lock(), &mut io::sink());
    descendants::end_marked(run);
    ExitCode::SUCCESS
}

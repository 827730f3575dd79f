//! A small process of this program's own for the case that the tutor is killed and can do nothing more:
//! it ends what the applications have started. It knows how their marks begin, and nothing of Python.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Child, Command, ExitCode, Stdio};

use super::descendants as kin;
use crate::spawn;

/// The command line word that makes this program a guardian: not for people, so not in `--help`.
pub const COMMAND: &str = "__watchdog";

/// What it is called in lists of processes, in 15 bytes at most: who ends all `wsgi-tutor` by name must not
/// end it as well.
const NAME: &str = "wsgi-guardian";

/// A guardian that waits for the end of the tutor. Dropping it ends it, with nothing done.
#[derive(Debug)]
pub struct Guardian(Child);

impl Guardian {
    /// Has one look after all whose marks begin with `run`. `program` is this program's own path.
    ///
    /// # Errors
    /// When the system gives no more processes, and where marks cannot be looked for.
    pub fn post(program: &Path, run: &str) -> io::Result<Self> {
        if !kin::ARE_KNOWN {
            return Err(io::ErrorKind::Unsupported.into());
        }
        let mut guardian = Command::new(program);
        guardian
            .arg0(NAME)
            .args([COMMAND, run])
            .current_dir("/")
            // The other end is closed when the tutor ends, however it does; no worker has it.
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            // Ctrl-C in the terminal is the tutor's.
            .process_group(0);
        Ok(Self(spawn::spawn(&mut guardian)?))
    }
}

impl Drop for Guardian {
    fn drop(&mut self) {
        // Failing means that somebody else has ended it.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Becomes a guardian. The argument is how the marks begin.
#[must_use]
pub fn run(arguments: &[OsString]) -> ExitCode {
    let run = match arguments {
        // All marks begin with nothing.
        [run] if !run.is_empty() => run.to_str(),
        _ => None,
    };
    let Some(run) = run else {
        eprintln!("the guardian is started by the tutor only");
        return ExitCode::FAILURE;
    };
    // On Linux; it matters to lists only.
    let _ = fs::write("/proc/self/comm", NAME);
    let _ = io::copy(&mut io::stdin().lock(), &mut io::sink());
    kin::end_marked(run);
    ExitCode::SUCCESS
}

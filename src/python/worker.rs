//! One Python process and the pipes to it.

use std::collections::HashSet;
use std::io::{self, Write};
use std::os::unix::process::{CommandExt as _, ExitStatusExt as _};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command as Process, Stdio};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use rustix::process::{Pid, Signal, WaitOptions, kill_process_group, waitpid};

use super::engine::{About, Engine};
use super::frames::{Frames, Silence};
use super::process::{HIDDEN_COMMAND, WORKER};
use super::protocol::{Command, Report};
use super::{DEADLINE, GRACE, MEMORY, START_DEADLINE};

/// How to start a worker.
#[derive(Debug, Clone)]
pub struct Recipe {
    /// This program, started again.
    pub program: PathBuf,
    pub engine: Engine,
    /// A private folder for this run; `worker.py` is put there for a system Python.
    pub folder: PathBuf,
    pub roster: Roster,
}

/// The workers that run.
#[derive(Debug, Clone, Default)]
pub struct Roster(Arc<Mutex<Running>>);

#[derive(Debug, Default)]
struct Running {
    /// The numbers of their process groups.
    groups: HashSet<Pid>,
    /// No more are to be started.
    closed: bool,
}

impl Roster {
    /// Ends every worker and whatever it started, for good.
    pub fn end_all(&self) {
        let mut running = self.lock();
        running.closed = true;
        let groups: Vec<Pid> = running.groups.drain().collect();
        drop(running);
        for &group in &groups {
            end(group);
        }
        for group in groups {
            // Failing means that its owner has seen the end of it already.
            let _ = waitpid(Some(group), WaitOptions::empty());
        }
    }

    fn lock(&self) -> MutexGuard<'_, Running> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn end(group: Pid) {
    // Failing means that there is nobody left in the group.
    let _ = kill_process_group(group, Signal::KILL);
}

/// A started worker. Dropping it kills the process and its children.
pub struct Worker {
    child: Child,
    commands: ChildStdin,
    pub frames: Frames,
    engine: Engine,
    roster: Roster,
}

impl Worker {
    /// Starts a process; does not wait for its interpreter.
    pub fn start(recipe: &Recipe) -> io::Result<Self> {
        // Held until the new process is on the roster, so that none is missed at the end.
        let mut running = recipe.roster.lock();
        if running.closed {
            return Err(io::Error::other("the tutor is closing"));
        }
        let script = recipe.folder.join("worker.py");
        let engine = match &recipe.engine {
            Engine::Embedded => "embedded".into(),
            Engine::System(python) => {
                std::fs::write(&script, WORKER)?;
                python.clone()
            }
        };
        let mut child = Process::new(&recipe.program)
            .arg(HIDDEN_COMMAND)
            .arg(std::process::id().to_string())
            .arg(engine)
            .arg(script)
            .arg(DEADLINE.as_secs_f64().to_string())
            // When the embedded interpreter gives up, its reason is what counts.
            .env("RUST_BACKTRACE", "0")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            // A group of its own: Ctrl-C in the terminal is the tutor's, and whatever the
            // application starts can be ended with it.
            .process_group(0)
            .spawn()?;
        if let Some(group) = group(&child) {
            running.groups.insert(group);
        }
        drop(running);
        match (child.stdin.take(), child.stdout.take(), child.stderr.take()) {
            (Some(commands), Some(frames), Some(output)) => Ok(Self {
                child,
                commands,
                frames: Frames::new(frames, output),
                engine: recipe.engine.clone(),
                roster: recipe.roster.clone(),
            }),
            _ => Err(io::Error::other("the worker has no pipes")),
        }
    }

    /// Waits until the interpreter runs; says what it is, and the path of a system interpreter
    /// itself, which starts sooner than a wrapper around it.
    pub fn ready(&mut self) -> Result<(About, Option<PathBuf>), String> {
        match self.frames.report(Instant::now() + START_DEADLINE) {
            Ok(Report::Ready {
                implementation,
                version,
                executable,
            }) => {
                let system = matches!(self.engine, Engine::System(_));
                let about = About {
                    engine: if system { "system" } else { "embedded" },
                    implementation,
                    version,
                };
                Ok((about, executable.filter(|_| system).map(PathBuf::from)))
            }
            Ok(_) | Err(Silence::Garbled) => {
                Err("it does not answer as a Python interpreter would".to_owned())
            }
            Err(silence) => Err(self.obituary(&silence)),
        }
    }

    pub fn tell(&mut self, command: &Command<'_>, bytes: &[u8]) -> io::Result<()> {
        let mut frame = serde_json::to_vec(command)?;
        frame.push(b'\n');
        frame.extend_from_slice(bytes);
        self.commands.write_all(&frame)
    }

    /// The next report, until the application's deadline and a little more. `since` is when the
    /// application got control.
    pub fn report(&mut self, since: Instant) -> Result<Report, Silence> {
        self.frames.report(since + DEADLINE + GRACE)
    }

    /// Ends the process and says why it had to end, in a learner's words.
    pub fn obituary(&mut self, silence: &Silence) -> String {
        if let Silence::TooLate = silence {
            self.kill();
            return format!(
                "no answer after {} s, and no line to blame",
                DEADLINE.as_secs()
            );
        }
        if let Silence::Garbled = silence {
            self.kill();
            return "it wrote something into the tutor's own pipe".to_owned();
        }
        // The pipe is closed: the process is on its way out, and killing it changes its exit status
        // only if it had closed the pipe for another reason.
        let last_words = self.frames.last_words();
        self.kill();
        explain(self.child.wait().ok(), &last_words)
    }

    fn kill(&mut self) {
        // Once off the roster the number may belong to somebody else.
        if let Some(group) =
            group(&self.child).filter(|group| self.roster.lock().groups.remove(group))
        {
            end(group);
        }
        let _ = self.child.wait();
    }
}

/// A worker leads a process group of its own number.
fn group(child: &Child) -> Option<Pid> {
    i32::try_from(child.id()).ok().and_then(Pid::from_raw)
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.kill();
    }
}

fn explain(status: Option<std::process::ExitStatus>, last_words: &str) -> String {
    if last_words.contains("memory allocation of") {
        return format!(
            "it ran out of memory (the tutor allows {} MiB)",
            MEMORY / 1024 / 1024
        );
    }
    if last_words.contains("overflowed its stack") {
        return "it ran out of stack: a function calls itself without end".to_owned();
    }
    let how = match status {
        Some(status) => match (status.code(), status.signal()) {
            (Some(code), _) => format!("it ended itself with exit code {code}"),
            (_, Some(signal)) => format!("it was ended by signal {signal}{}", name(signal)),
            (None, None) => "it ended".to_owned(),
        },
        None => "it closed its pipe to the tutor".to_owned(),
    };
    match last_words.trim().lines().last() {
        Some(line) => format!("{how}; its last words: {}", crate::exchange::visible(line)),
        None => how,
    }
}

fn name(signal: i32) -> &'static str {
    match Signal::from_named_raw(signal) {
        Some(Signal::KILL) => " (SIGKILL)",
        Some(Signal::SEGV) => " (SIGSEGV: the interpreter crashed)",
        Some(Signal::ABORT) => " (SIGABRT: the interpreter gave up)",
        Some(Signal::TERM) => " (SIGTERM)",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::process::ExitStatusExt as _;
    use std::process::ExitStatus;

    use super::explain;

    #[test]
    fn an_end_is_explained() {
        let code = ExitStatus::from_raw(7 << 8);
        let killed = ExitStatus::from_raw(9);
        assert_eq!(explain(Some(code), ""), "it ended itself with exit code 7");
        assert_eq!(
            explain(Some(killed), "bye\x1b[2J\n"),
            "it was ended by signal 9 (SIGKILL); its last words: bye\\x1b[2J"
        );
        assert_eq!(
            explain(Some(killed), "memory allocation of 9 bytes failed\n"),
            "it ran out of memory (the tutor allows 2048 MiB)"
        );
    }
}

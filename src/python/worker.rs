//! One Python process: how it is started, and why it ended.

use std::collections::HashSet;
use std::io;
use std::os::unix::process::{CommandExt as _, ExitStatusExt as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command as Process, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread;
use std::time::Duration;

use rustix::io::Errno;
use rustix::process::{
    Pid, Signal, WaitId, WaitIdOptions, WaitOptions, kill_process, kill_process_group, waitid,
    waitpid,
};

use super::engine::Engine;
use super::frames::Silence;
use super::guardian::Guardian;
use super::kin;
use super::lane::Lane;
use super::memory;
use super::output::Output;
use super::process::{COMMAND, WORKER};
use super::protocol::Command;
use crate::exchange::{Raised, RaisedIn};
use crate::spawn;

/// What a worker ends with where the application broke what it shares with it.
const EXIT_BROKEN: i32 = 122;
const EXIT_NO_PIPE: i32 = 123;
const FATAL: &str = "Fatal Python error: ";
/// What follows that where all it says is the signal.
const SIGNALS: [&str; 5] = [
    "Aborted",
    "Bus error",
    "Floating-point exception",
    "Illegal instruction",
    "Segmentation fault",
];
const STOPPED: &str = "wsgi-tutor was stopped while it ran";
const NO_PIPE: &str = "it lost its pipe to the tutor: the app closed or replaced file descriptors \
                       it did not open";

/// How often, and how many times, a process whose pipe is closed is looked at before it is ended.
const GLANCE: Duration = Duration::from_millis(10);
const GLANCES: u32 = 50;

/// Tells glibc to give back to the system what blocks of this many bytes and more held. By itself it learns
/// from the first large body to keep room for three of them.
const GIVEN_BACK: (&str, &str) = ("MALLOC_MMAP_THRESHOLD_", "1048576");

/// How to start a worker.
#[derive(Debug, Clone)]
pub struct Recipe {
    /// This program, started again.
    pub program: PathBuf,
    pub engine: Engine,
    /// How long the application may keep control.
    pub timeout: Duration,
    /// Where a system Python finds the program that runs in the worker.
    script: PathBuf,
    pub roster: Roster,
    /// The folder this program was started in.
    home: Option<PathBuf>,
    /// Modules of the standard library it is to begin with.
    pub imports: Vec<String>,
}

impl Recipe {
    pub fn new(
        program: PathBuf,
        engine: Engine,
        timeout: Duration,
        folder: &Path,
    ) -> io::Result<Self> {
        let script = folder.join("worker.py");
        if let Engine::System(_) = engine {
            std::fs::write(&script, WORKER)?;
        }
        Ok(Self {
            program,
            engine,
            timeout,
            script,
            roster: Roster(Arc::new(Mutex::new(Running {
                run: format!("{:016x}-", fastrand::u64(..)),
                started: 0,
                groups: HashSet::new(),
                closed: false,
                guardian: None,
            }))),
            home: std::env::current_dir().ok(),
            imports: Vec::new(),
        })
    }
}

/// The workers that run.
#[derive(Debug, Clone)]
pub struct Roster(Arc<Mutex<Running>>);

#[derive(Debug)]
struct Running {
    /// How the marks of all workers of this run begin: what they start is known by them.
    run: String,
    /// How many workers there were.
    started: u64,
    /// The numbers of their process groups.
    groups: HashSet<Pid>,
    /// No more are to be started.
    closed: bool,
    /// Who ends all of them, and what they started, when the tutor is killed. From the first worker on.
    guardian: Option<Guardian>,
}

impl Roster {
    /// Ends every worker and whatever it started, for good.
    pub fn end_all(&self) {
        let mut running = self.lock();
        running.closed = true;
        let groups: Vec<Pid> = running.groups.drain().collect();
        let run = running.run.clone();
        let guardian = running.guardian.take();
        drop(running);
        let kin: Vec<_> = groups.iter().copied().flat_map(kin::descendants).collect();
        for &group in &groups {
            end(group);
        }
        for group in groups {
            // Failing means that its owner has seen the end of it already.
            let _ = waitpid(Some(group), WaitOptions::empty());
        }
        kin::end(&kin);
        kin::end_marked(&run);
        drop(guardian);
    }

    fn lock(&self) -> MutexGuard<'_, Running> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Ends a worker that nobody has waited for yet, and its group.
fn end(worker: Pid) {
    // Failing means that there is nobody left in the group.
    let _ = kill_process_group(worker, Signal::KILL);
    // It may have gone to another group.
    let _ = kill_process(worker, Signal::KILL);
}

/// A started process. Dropping it kills the process and its children.
pub struct Worker {
    child: Mutex<Child>,
    pub output: Arc<Output>,
    engine: Engine,
    /// How long the application may keep control.
    pub timeout: Duration,
    roster: Roster,
    /// What each of its frames begins with.
    pub mark: String,
    /// What those it starts are known by.
    kin: String,
    /// Why it had to end, once somebody knows.
    reason: OnceLock<String>,
}

impl Worker {
    /// Starts a process; does not wait for its interpreter. Its first lane is its standard input
    /// and output.
    pub fn start(recipe: &Recipe) -> io::Result<Lane> {
        // Held until the new process is on the roster, so that none is missed at the end.
        let mut running = recipe.roster.lock();
        if running.closed {
            return Err(io::Error::other("the tutor is closing"));
        }
        running.started += 1;
        let kin = format!("{}{}-", running.run, running.started);
        let mark = format!("{:016x}", fastrand::u64(..));
        let engine = match &recipe.engine {
            Engine::Embedded => Path::new("embedded"),
            Engine::System(python) => python,
        };
        let mut process = Process::new(&recipe.program);
        if std::env::current_dir().is_err() {
            // The folder was removed, and an interpreter does not start in one that is not there. It may
            // have been made again.
            let home = recipe.home.as_deref().filter(|home| home.is_dir());
            process.current_dir(home.unwrap_or(Path::new("/")));
        }
        process
            .arg(COMMAND)
            .arg(std::process::id().to_string())
            .arg(engine)
            .arg(&recipe.script)
            .arg(recipe.timeout.as_secs_f64().to_string())
            .arg(&mark)
            .env(kin::VARIABLE, &kin)
            .env(GIVEN_BACK.0, GIVEN_BACK.1)
            // When the embedded interpreter gives up, its reason is what counts.
            .env("RUST_BACKTRACE", "0")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            // A group of its own: Ctrl-C in the terminal is the tutor's, and whatever the
            // application starts can be ended with it.
            .process_group(0);
        let mut child = spawn::spawn(&mut process)?;
        if let Some(group) = group(&child) {
            running.groups.insert(group);
        }
        if running.guardian.is_none() {
            // It is for the worst case only, and no reason to do without a worker.
            running.guardian = Guardian::post(&recipe.program, &running.run).ok();
        }
        drop(running);
        match (child.stdin.take(), child.stdout.take(), child.stderr.take()) {
            (Some(commands), Some(frames), Some(output)) => {
                let worker = Arc::new(Self {
                    child: Mutex::new(child),
                    output: Arc::new(Output::new(output.into())?),
                    engine: recipe.engine.clone(),
                    timeout: recipe.timeout,
                    roster: recipe.roster.clone(),
                    mark,
                    kin,
                    reason: OnceLock::new(),
                });
                let mut lane = Lane::new(commands.into(), frames.into(), worker);
                if !recipe.imports.is_empty() {
                    let modules = &recipe.imports;
                    lane.tell(&Command::Warm { modules }, b"")?;
                }
                Ok(lane)
            }
            _ => Err(io::Error::other("the worker has no pipes")),
        }
    }

    /// Whether it is a Python of the machine.
    pub fn is_system(&self) -> bool {
        matches!(self.engine, Engine::System(_))
    }

    /// Whether the process itself has ended, whatever it has left behind.
    pub fn has_ended(&self) -> bool {
        let child = self.child.lock().unwrap_or_else(PoisonError::into_inner);
        // Looked at only: once it was waited for, its number may be somebody else's, and it is still to be
        // used to end what the process has left behind.
        let options = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
        let state = group(&child).map(|id| waitid(WaitId::Pid(id), options));
        !matches!(state, Some(Ok(None) | Err(Errno::INTR)))
    }

    /// Has the application give up the answer it is in the midst of, where it can be interrupted: at once, if it
    /// waits for something.
    pub fn hurry(&self) {
        let child = self.child.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(worker) = group(&child) {
            // It is not waited for while this is held, so the number is its own. Failing means that it has ended.
            let _ = kill_process(worker, Signal::URG);
        }
    }

    /// Says that it ends itself, because a call took too long.
    pub fn gives_up(&self) {
        let seconds = self.timeout.as_secs();
        let reason = format!("it was stopped: another request took longer than {seconds} s");
        // Whoever was first knows best.
        let _ = self.reason.set(reason);
    }

    /// Ends the process and says why it had to end, in a learner's words.
    pub fn obituary(&self, silence: &Silence) -> String {
        self.reason.get_or_init(|| self.examine(silence)).clone()
    }

    /// The exception that an end for want of memory stands for, where it left its lines behind.
    pub fn out_of_memory(&self, silence: &Silence, r#in: RaisedIn) -> Option<Raised> {
        let ended = matches!(silence, Silence::Ended);
        ended.then(|| memory::raised(&self.output.last_words(), r#in))?
    }

    fn examine(&self, silence: &Silence) -> String {
        match silence {
            Silence::TooLate => {
                self.kill();
                let seconds = self.timeout.as_secs();
                format!("no answer after {seconds} s, and no line to blame")
            }
            Silence::Garbled => {
                self.kill();
                "it wrote something into the tutor's own pipe".to_owned()
            }
            Silence::Ended if self.roster.lock().closed => {
                self.kill();
                STOPPED.to_owned()
            }
            Silence::Ended => {
                let last_words = self.output.last_words();
                // The pipe is closed: the process is on its way out, or the application closed it.
                let ends = self.ends_soon();
                let status = self.kill();
                if ends {
                    explain(status, &last_words)
                } else {
                    NO_PIPE.to_owned()
                }
            }
        }
    }

    fn ends_soon(&self) -> bool {
        (0..GLANCES).any(|_| {
            let has_ended = self.has_ended();
            if !has_ended {
                thread::sleep(GLANCE);
            }
            has_ended
        })
    }

    fn kill(&self) -> Option<ExitStatus> {
        let mut child = self.child.lock().unwrap_or_else(PoisonError::into_inner);
        // Once off the roster the number may belong to somebody else.
        let Some(group) = group(&child).filter(|group| self.roster.lock().groups.remove(group))
        else {
            return child.wait().ok();
        };
        let kin = kin::descendants(group);
        end(group);
        let status = child.wait().ok();
        kin::end(&kin);
        kin::end_marked(&self.kin);
        status
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

fn explain(status: Option<ExitStatus>, last_words: &str) -> String {
    if memory::is_out(last_words) {
        return format!("it {}", memory::RAN_OUT);
    }
    if last_words.contains("overflowed its stack") {
        return "it ran out of stack: a function calls itself without end".to_owned();
    }
    let how = match status {
        Some(status) if status.code() == Some(EXIT_BROKEN) => {
            "the app broke what it shares with the tutor in one process".to_owned()
        }
        Some(status) if status.code() == Some(EXIT_NO_PIPE) => return NO_PIPE.to_owned(),
        Some(status) => match (status.code(), status.signal()) {
            (Some(code), _) => format!("it ended itself with exit code {code}"),
            (_, Some(signal)) => format!("it was ended by signal {signal}{}", name(signal)),
            (None, None) => "it ended".to_owned(),
        },
        None => "it closed its pipe to the tutor".to_owned(),
    };
    let mut lines = last_words.trim().lines();
    // CPython says why it gives up, and then what it was doing.
    let why = lines.clone().find(|line| line.starts_with(FATAL));
    if why.is_some_and(|line| SIGNALS.contains(&&line[FATAL.len()..])) {
        return how;
    }
    match why.or_else(|| lines.next_back()) {
        Some(line) => format!("{how}; its last output: {}", crate::exchange::visible(line)),
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
            "it was ended by signal 9 (SIGKILL); its last output: bye\\x1b[2J"
        );
        assert_eq!(
            explain(Some(killed), "memory allocation of 9 bytes failed\n"),
            "it ran out of the 2 GiB of memory that the tutor lets it have"
        );
        assert_eq!(
            explain(
                Some(killed),
                "Fatal Python error: Segmentation fault\n\nCurrent thread\n"
            ),
            "it was ended by signal 9 (SIGKILL)"
        );
        assert_eq!(
            explain(
                Some(code),
                "x\nFatal Python error: no memory\nPython runtime state: y\n"
            ),
            "it ended itself with exit code 7; its last output: Fatal Python error: no memory"
        );
    }
}

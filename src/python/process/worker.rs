//! A worker: a Python process that runs the application.

use std::process::{Child, ExitStatus};
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::Duration;

use parking_lot::Mutex;
use rustix::io::Errno;
use rustix::process::{Signal, WaitId, WaitIdOptions, kill_process, waitid};
use tracing::{debug, warn};

use super::config::WorkerConfig;
use super::exit_reason::{NO_PIPE, exit_reason};
use super::registry::{ProcessRegistry, kill_group, process_group};
use super::{descendants, out_of_memory};
use crate::exchange::{Raised, RaisedIn};
use crate::python::engine::Engine;
use crate::python::protocol::frame_reader::ReadError;
use crate::python::protocol::output::ProcessOutput;

const STOPPED: &str = "wsgi-tutor was stopped while it ran";

/// How often, and how many times, to check whether a process has ended whose pipe is closed.
const EXIT_INTERVAL: Duration = Duration::from_millis(10);
const EXIT_POLLS: u32 = 50;

/// A started process. Dropping it kills the process and its descendants.
pub struct Worker {
    pid: u32,
    child: Mutex<Child>,
    pub output: Arc<ProcessOutput>,
    engine: Engine,
    /// How long the application may keep control.
    pub timeout: Duration,
    registry: ProcessRegistry,
    /// Each of its frames begins with it.
    pub mark: String,
    /// In the environment of its descendants.
    descendants_mark: String,
    /// Why it had to end, once that is known.
    reason: OnceLock<String>,
}

impl Worker {
    pub fn new(
        child: Child,
        output: Arc<ProcessOutput>,
        config: &WorkerConfig,
        mark: String,
        descendants_mark: String,
    ) -> Self {
        Self {
            pid: child.id(),
            child: Mutex::new(child),
            output,
            engine: config.engine.clone(),
            timeout: config.timeout,
            registry: config.registry.clone(),
            mark,
            descendants_mark,
            reason: OnceLock::new(),
        }
    }

    /// The number of its process.
    pub fn pid(&self) -> u32 {
        self.pid
    }

    /// Whether it is a Python of the machine.
    pub fn is_system(&self) -> bool {
        matches!(self.engine, Engine::System(_))
    }

    /// Whether the process itself has ended, whatever it has left behind.
    pub fn has_ended(&self) -> bool {
        let child = self.child.lock();
        // `NOWAIT`: once it was waited for, its number may belong to another process, and it is
        // still needed to end what the process has left behind.
        let options = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
        let state = process_group(&child).map(|id| waitid(WaitId::Pid(id), options));
        !matches!(state, Some(Ok(None) | Err(Errno::INTR)))
    }

    /// Asks the application to abandon its response, where it can be interrupted: at once, if it
    /// waits for something.
    pub fn interrupt(&self) {
        let child = self.child.lock();
        if let Some(worker) = process_group(&child) {
            // Nobody waits for it while this is locked, so the number is its own. Failing means
            // that it has ended.
            let _ = kill_process(worker, Signal::URG);
        }
    }

    /// Notes that it ends itself because a call took too long.
    pub fn set_timed_out(&self) {
        let seconds = self.timeout.as_secs();
        let reason = format!("it was stopped: another request took longer than {seconds} s");
        // The first reason is the cause.
        let _ = self.reason.set(reason);
    }

    /// Ends the process after this error, and returns why it had to end, in a learner's words.
    pub fn exit_reason(&self, error: &ReadError) -> String {
        let examine = || {
            let reason = self.examine(error);
            warn!(worker = self.pid, reason, "worker had to end");
            reason
        };
        self.reason.get_or_init(examine).clone()
    }

    /// The exception that an end for want of memory stands for, where its lines were written.
    pub fn out_of_memory(&self, error: &ReadError, r#in: RaisedIn) -> Option<Raised> {
        let ended = matches!(error, ReadError::Ended);
        ended.then(|| out_of_memory::raised(&self.output.tail(), r#in))?
    }

    fn examine(&self, error: &ReadError) -> String {
        match error {
            ReadError::TimedOut => {
                self.kill();
                let seconds = self.timeout.as_secs();
                format!("no answer after {seconds} s, and no line to blame")
            }
            ReadError::Garbled => {
                self.kill();
                "it wrote something into the tutor's own pipe".to_owned()
            }
            ReadError::Ended if self.registry.is_closed() => {
                self.kill();
                STOPPED.to_owned()
            }
            ReadError::Ended => {
                let output_tail = self.output.tail();
                // Its pipe is closed: the process is ending, or the application closed the pipe.
                let ends = self.ends_soon();
                let status = self.kill();
                if ends {
                    exit_reason(status, &output_tail)
                } else {
                    NO_PIPE.to_owned()
                }
            }
        }
    }

    fn ends_soon(&self) -> bool {
        (0..EXIT_POLLS).any(|_| {
            let has_ended = self.has_ended();
            if !has_ended {
                thread::sleep(EXIT_INTERVAL);
            }
            has_ended
        })
    }

    fn kill(&self) -> Option<ExitStatus> {
        let mut child = self.child.lock();
        let group = process_group(&child).filter(|group| self.registry.remove(*group));
        let Some(group) = group else {
            return child.wait().ok();
        };
        let found = descendants::of(group);
        kill_group(group);
        let status = child.wait().ok();
        debug!(worker = self.pid, ?status, "worker ended");
        descendants::end(&found);
        descendants::end_marked(&self.descendants_mark);
        status
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.kill();
    }
}

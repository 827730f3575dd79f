//! A channel to a worker, together with the process behind it.

use std::io::{self, Read};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tracing::info;

use super::worker::Worker;
use crate::python::about::About;
use crate::python::error::ReadyError;
use crate::python::limits::{START_TIMEOUT, TIMEOUT_GRACE};
use crate::python::protocol::channel::Channel;
use crate::python::protocol::command::WorkerCommand;
use crate::python::protocol::frame_reader::ReadError;
use crate::python::protocol::message::{ControlMessage, ProvidedValue, WorkerMessage};

/// How often to check whether a silent worker still runs.
const POLL_INTERVAL: Duration = Duration::from_millis(500);

/// What is known of the application a channel leads to.
#[derive(Debug, Default)]
pub struct CallableInfo {
    /// What is called, such as `function application`.
    pub callable: String,
    /// What the worker adds to environ.
    pub provided: Vec<ProvidedValue>,
}

/// A channel to a worker. A worker whose application is called by several threads has one for each
/// of them. Dropping the last one ends the worker.
pub struct WorkerChannel {
    // Dropped first: a process that reads the end of its pipe leaves, and its descendants could
    // not be found any more.
    pub worker: Arc<Worker>,
    channel: Channel,
    /// Empty until an application is loaded.
    pub application: Arc<CallableInfo>,
}

impl WorkerChannel {
    pub fn new(worker: Arc<Worker>, channel: Channel) -> Self {
        Self {
            worker,
            channel,
            application: Arc::default(),
        }
    }

    /// Waits until the interpreter runs. Returns what it is, and the path of a system interpreter
    /// itself, which starts sooner than a wrapper around it.
    pub fn wait_until_ready(&mut self) -> Result<(About, Option<PathBuf>), ReadyError> {
        match self.channel.read_message(Instant::now() + START_TIMEOUT) {
            Ok(WorkerMessage::Control(ControlMessage::Ready {
                implementation,
                version,
                executable,
            })) => {
                info!(
                    worker = self.worker.pid(),
                    implementation, version, "worker ready"
                );
                let system = self.worker.is_system();
                let path = executable.filter(|_| system).map(PathBuf::from);
                let about = About {
                    engine: if system { "system" } else { "embedded" },
                    implementation,
                    version,
                    path: path.clone(),
                    reason: None,
                };
                Ok((about, path))
            }
            Ok(_) | Err(ReadError::Garbled) => Err(ReadyError::NotPython),
            Err(error) => Err(ReadyError::Ended(self.worker.exit_reason(&error))),
        }
    }

    pub fn send(&mut self, command: &WorkerCommand<'_>, bytes: &[u8]) -> io::Result<()> {
        self.channel.send(command, bytes)
    }

    /// Sends a command that is a line already, and `length` bytes after it.
    pub fn send_line(
        &mut self,
        line: &[u8],
        length: usize,
        bytes: &mut dyn Read,
    ) -> io::Result<()> {
        self.channel.send_line(line, length, bytes)
    }

    /// Reads the next message. Gives up a little after the application's timeout, counted from
    /// `since`, when the application got control. Calls `on_wait` now and then meanwhile.
    pub fn read_message(
        &mut self,
        since: Instant,
        on_wait: &mut dyn FnMut(&Worker),
    ) -> Result<WorkerMessage, ReadError> {
        let deadline = since + self.worker.timeout + TIMEOUT_GRACE;
        loop {
            let next_poll = Instant::now() + POLL_INTERVAL;
            match self.channel.read_message(deadline.min(next_poll)) {
                // A child of its own may hold the pipe open when the worker has ended.
                Err(ReadError::TimedOut) if self.worker.has_ended() => {
                    return Err(ReadError::Ended);
                }
                Err(ReadError::TimedOut) if next_poll < deadline => on_wait(&self.worker),
                result => return result,
            }
        }
    }

    /// The raw bytes that follow the message read last.
    pub fn bytes(&mut self, length: u64) -> impl Read {
        self.channel.bytes(length)
    }
}

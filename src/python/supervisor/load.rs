//! Loads an application in a fresh worker.

use std::io;
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags};

use crate::exchange::{EventKind, KEPT_BYTES, Limit, Raised, RaisedIn};
use crate::ordinary_file;
use crate::poll::poll_for;
use crate::python::limits::START_TIMEOUT;
use crate::python::process::worker_channel::{CallableInfo, WorkerChannel};
use crate::python::protocol::channel::Channel;
use crate::python::protocol::command::WorkerCommand;
use crate::python::protocol::frame_reader::ReadError;
use crate::python::protocol::message::{ControlMessage, OpenedFiles, StuckAt, WorkerMessage};
use crate::python::target::{App, Target};

/// The outcome of loading an application.
pub struct Attempt {
    /// The channels it can be called on, and what is called, such as `function application`.
    pub outcome: Result<(Vec<WorkerChannel>, String), Raised>,
    /// The file it is in, if that was found.
    pub file: Option<PathBuf>,
    /// The source that ran.
    pub source: Vec<u8>,
    /// What it printed while it was loaded.
    pub printed: String,
    pub opened: OpenedFiles,
    /// Modules of the standard library it has imported.
    pub imports: Vec<String>,
    /// Whether the worker sent anything at all.
    pub was_answered: bool,
    /// The version of the Python that loaded it; empty where none was asked.
    pub python: String,
}

impl Attempt {
    /// Failed before Python was asked.
    pub fn failed(target: &Target, raised: Raised) -> Self {
        Self {
            outcome: Err(raised),
            file: target.file(),
            source: Vec::new(),
            printed: String::new(),
            opened: OpenedFiles::default(),
            imports: Vec::new(),
            was_answered: true,
            python: String::new(),
        }
    }
}

/// Loads `target` on a worker's first channel. `source` is the content of its file, if it is a
/// file; `threads` is how many threads call it; `folder` is a private folder for this run.
pub fn load(
    mut first: WorkerChannel,
    target: &Target,
    source: &[u8],
    threads: usize,
    folder: &Path,
) -> Attempt {
    let mut attempt = Attempt {
        source: source.to_owned(),
        was_answered: false,
        python: String::new(),
        ..Attempt::failed(target, load_error("WorkerDied", "it was not asked yet"))
    };
    let listener = match (threads > 1)
        .then(|| ChannelListener::bind(folder))
        .transpose()
    {
        Ok(listener) => listener,
        Err(error) => {
            let message = format!("no way to the threads could be made: {error}");
            attempt.outcome = Err(load_error("OSError", &message));
            return attempt;
        }
    };
    let (path, module) = match &target.app {
        App::File(file) => (Some(file.to_string_lossy()), None),
        App::Module(name) => (None, Some(name.as_str())),
    };
    let socket = listener
        .as_ref()
        .map(|listener| listener.path.to_string_lossy());
    let command = WorkerCommand::Load {
        folder: &target.folder.to_string_lossy(),
        path: path.as_deref(),
        module,
        callable: target.callable.as_deref(),
        threads,
        socket: socket.as_deref(),
        bytes: source.len(),
    };
    // A worker that is gone is noticed when it sends no message.
    let _ = first.send(&command, source);
    let since = Instant::now();
    attempt.outcome = loop {
        let message = first.read_message(since, &mut |_| {});
        attempt.was_answered |= message.is_ok();
        let message = match message {
            Ok(WorkerMessage::Control(message)) => message,
            Ok(WorkerMessage::Event(event)) => {
                // Of the others no exchange is there to be recorded in.
                if let EventKind::Printed { text, .. } = event
                    && attempt.printed.len() < KEPT_BYTES
                {
                    attempt.printed.push_str(&text);
                }
                continue;
            }
            Err(error) => break Err(failure(&first, &error)),
        };
        match message {
            ControlMessage::Located { file } => {
                attempt.source = ordinary_file::read(&file).unwrap_or_default();
                attempt.file = Some(file);
            }
            ControlMessage::Loaded {
                callable,
                provided,
                imports,
            } => {
                attempt.imports = imports;
                first.application = Arc::new(CallableInfo {
                    callable: callable.clone(),
                    provided,
                });
                let channels = match listener {
                    Some(listener) => listener.accept(threads, &first),
                    None => Ok(vec![first]),
                };
                break channels
                    .map(|channels| (channels, callable))
                    .map_err(|error| load_error("OSError", &error.to_string()));
            }
            ControlMessage::LoadFailed(raised) => break Err(*raised),
            ControlMessage::TimedOut(stuck) => {
                break Err(stuck_import(stuck, first.worker.timeout));
            }
            ControlMessage::Files(files) => {
                attempt.opened.read.extend(files.read);
                attempt.opened.written.extend(files.written);
            }
            // These belong to a start or a call.
            ControlMessage::Ready { .. }
            | ControlMessage::Lines { .. }
            | ControlMessage::Block { .. }
            | ControlMessage::Finished {} => break Err(failure(&first, &ReadError::Garbled)),
        }
    };
    attempt
}

/// Why nothing was loaded on this channel, which can no longer be read.
fn failure(channel: &WorkerChannel, error: &ReadError) -> Raised {
    let reason = channel.worker.exit_reason(error);
    let out_of_memory = channel.worker.out_of_memory(error, RaisedIn::Load);
    out_of_memory.unwrap_or_else(|| {
        let message = format!("Python ended while the file was loaded: {reason}");
        load_error("WorkerDied", &message)
    })
}

/// The socket that the threads of one worker connect to.
struct ChannelListener {
    path: PathBuf,
    listener: UnixListener,
}

impl ChannelListener {
    fn bind(folder: &Path) -> io::Result<Self> {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let path = folder.join(format!("calls-{number}"));
        let listener = UnixListener::bind(&path)?;
        Ok(Self { path, listener })
    }

    /// A channel to each thread of this worker.
    fn accept(self, threads: usize, first: &WorkerChannel) -> io::Result<Vec<WorkerChannel>> {
        let deadline = Instant::now() + START_TIMEOUT;
        (0..threads)
            .map(|_| {
                let left = deadline.saturating_duration_since(Instant::now());
                let mut polls = [PollFd::new(&self.listener, PollFlags::IN)];
                if poll_for(&mut polls, left)? == 0 {
                    return Err(io::Error::other("not all threads could be started"));
                }
                let (stream, _) = self.listener.accept()?;
                let commands = stream.try_clone()?;
                let worker = Arc::clone(&first.worker);
                let (output, mark) = (Arc::clone(&worker.output), worker.mark.clone());
                let channel = Channel::new(commands.into(), stream.into(), output, mark);
                let mut channel = WorkerChannel::new(worker, channel);
                channel.application = Arc::clone(&first.application);
                Ok(channel)
            })
            .collect()
    }
}

impl Drop for ChannelListener {
    fn drop(&mut self) {
        // Otherwise it is removed with the private folder.
        let _ = std::fs::remove_file(&self.path);
    }
}

fn stuck_import(stuck: StuckAt, timeout: Duration) -> Raised {
    let place = stuck.blame.as_ref().map_or(String::new(), |blame| {
        format!(" at {blame}: {}", stuck.code.unwrap_or_default())
    });
    let message = format!(
        "loading the file did not finish within {} s; it was still{place}",
        timeout.as_secs()
    );
    Raised {
        blame: stuck.blame,
        limit: Some(Limit::Time),
        ..load_error("TimeoutError", &message)
    }
}

/// An exception for a failure to load that Python itself cannot raise.
pub fn load_error(r#type: &str, message: &str) -> Raised {
    Raised {
        r#in: RaisedIn::Load,
        r#type: r#type.to_owned(),
        message: message.to_owned(),
        traceback: format!("{type}: {message}\n"),
        blame: None,
        calls: Vec::new(),
        rule: None,
        missing: None,
        lacks: None,
        limit: None,
    }
}

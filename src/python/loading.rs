//! Loads an application in a fresh worker.

use std::io;
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

use super::START_DEADLINE;
use super::files::Found;
use super::frames::retry;
use super::lane::{Facts, Lane};
use super::protocol::{Command, Report, Stuck};
use super::target::{App, Target};
use crate::exchange::{KEPT_BYTES, Raised, RaisedIn};
use crate::ordinary_file;

/// What became of loading an application.
pub struct Attempt {
    /// The lanes it can be called on, and what will be called, such as `function application`.
    pub outcome: Result<(Vec<Lane>, String), Raised>,
    /// The file it is in, as far as it was found.
    pub file: Option<PathBuf>,
    /// The source that ran.
    pub source: Vec<u8>,
    /// What it printed meanwhile.
    pub printed: String,
    pub found: Found,
    /// Modules of the standard library it has imported.
    pub imports: Vec<String>,
    /// Whether Python said anything at all about it.
    pub heard: bool,
    /// The version of the Python that was asked; empty where none was.
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
            found: Found::default(),
            imports: Vec::new(),
            heard: true,
            python: String::new(),
        }
    }
}

/// Loads `target` on a worker's first lane. `source` is what stands in its file, if it is a file;
/// `threads` are to call it; `folder` is a private folder for this run.
pub fn load(
    mut first: Lane,
    target: &Target,
    source: &[u8],
    threads: usize,
    folder: &Path,
) -> Attempt {
    let mut attempt = Attempt {
        source: source.to_owned(),
        heard: false,
        python: String::new(),
        ..Attempt::failed(
            target,
            not_pythons_own("WorkerDied", "it was not asked yet"),
        )
    };
    let lanes = match (threads > 1).then(|| Lanes::open(folder)).transpose() {
        Ok(lanes) => lanes,
        Err(error) => {
            let message = format!("no way to the threads could be made: {error}");
            attempt.outcome = Err(not_pythons_own("OSError", &message));
            return attempt;
        }
    };
    let (path, module) = match &target.app {
        App::File(file) => (Some(file.to_string_lossy()), None),
        App::Module(name) => (None, Some(name.as_str())),
    };
    let socket = lanes.as_ref().map(|lanes| lanes.path.to_string_lossy());
    let command = Command::Load {
        folder: &target.folder.to_string_lossy(),
        path: path.as_deref(),
        module,
        callable: target.callable.as_deref(),
        threads,
        lanes: socket.as_deref(),
        bytes: source.len(),
    };
    // A worker that is gone is noticed when its report does not come.
    let _ = first.tell(&command, source);
    let since = Instant::now();
    attempt.outcome = loop {
        let report = first.report(since, &mut || {});
        attempt.heard |= report.is_ok();
        match report {
            Ok(Report::Located { file }) => {
                attempt.source = ordinary_file::read(&file).unwrap_or_default();
                attempt.file = Some(file);
            }
            Ok(Report::Loaded {
                callable,
                provided,
                imports,
            }) => {
                attempt.imports = imports;
                first.facts = Arc::new(Facts {
                    callable: callable.clone(),
                    provided,
                });
                let opened = match lanes {
                    Some(lanes) => lanes.accept(threads, &first),
                    None => Ok(vec![first]),
                };
                break opened
                    .map(|lanes| (lanes, callable))
                    .map_err(|error| not_pythons_own("OSError", &error.to_string()));
            }
            Ok(Report::LoadFailed(raised)) => break Err(*raised),
            Ok(Report::TimedOut(stuck)) => {
                break Err(stuck_import(stuck, first.worker.timeout));
            }
            Ok(Report::Printed { text, .. }) if attempt.printed.len() < KEPT_BYTES => {
                attempt.printed.push_str(&text);
            }
            Ok(Report::Files { read, written }) => {
                attempt.found.read.extend(read);
                attempt.found.written.extend(written);
            }
            Ok(_) => {}
            Err(silence) => {
                let reason = first.worker.obituary(&silence);
                if let Some(raised) = first.worker.out_of_memory(&silence, RaisedIn::Load) {
                    break Err(raised);
                }
                let message = format!("Python ended while the file was loaded: {reason}");
                break Err(not_pythons_own("WorkerDied", &message));
            }
        }
    };
    attempt
}

/// Where the threads of one worker connect.
struct Lanes {
    path: PathBuf,
    listener: UnixListener,
}

impl Lanes {
    fn open(folder: &Path) -> io::Result<Self> {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let path = folder.join(format!("lanes-{number}"));
        let listener = UnixListener::bind(&path)?;
        Ok(Self { path, listener })
    }

    /// A lane for each thread of this worker.
    fn accept(self, threads: usize, first: &Lane) -> io::Result<Vec<Lane>> {
        let deadline = Instant::now() + START_DEADLINE;
        (0..threads)
            .map(|_| {
                let left = deadline.saturating_duration_since(Instant::now());
                let left = Timespec::try_from(left).map_err(io::Error::other)?;
                let mut polls = [PollFd::new(&self.listener, PollFlags::IN)];
                if retry(|| poll(&mut polls, Some(&left)).map_err(io::Error::from))? == 0 {
                    return Err(io::Error::other("not all threads could be started"));
                }
                let (stream, _) = self.listener.accept()?;
                let commands = stream.try_clone()?;
                let worker = Arc::clone(&first.worker);
                let mut lane = Lane::new(commands.into(), stream.into(), worker);
                lane.facts = Arc::clone(&first.facts);
                Ok(lane)
            })
            .collect()
    }
}

impl Drop for Lanes {
    fn drop(&mut self) {
        // It goes with the private folder otherwise.
        let _ = std::fs::remove_file(&self.path);
    }
}

fn stuck_import(stuck: Stuck, timeout: Duration) -> Raised {
    let place = stuck.blame.as_ref().map_or(String::new(), |blame| {
        format!(" at {blame}: {}", stuck.code.unwrap_or_default())
    });
    let message = format!(
        "loading the file did not finish within {} s; it was still{place}",
        timeout.as_secs()
    );
    Raised {
        blame: stuck.blame,
        ..not_pythons_own("TimeoutError", &message)
    }
}

/// An error of loading that Python itself could not raise.
pub fn not_pythons_own(r#type: &str, message: &str) -> Raised {
    Raised {
        r#in: RaisedIn::Load,
        r#type: r#type.to_owned(),
        message: message.to_owned(),
        traceback: format!("{type}: {message}\n"),
        blame: None,
        calls: Vec::new(),
        rule: None,
        missing: None,
    }
}

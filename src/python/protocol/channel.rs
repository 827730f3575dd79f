//! One conversation with a worker: commands one way, frames the other. A worker whose application
//! is called by several threads has a lane for each of them.

use std::fs::File;
use std::io::{self, Read, Write as _};
use std::os::fd::OwnedFd;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::frame_reader::{Frames, Silence};
use super::{Command, Report};
use crate::python::engine::About;
use crate::python::limits::{START_TIMEOUT, TIMEOUT_GRACE};
use crate::python::process::worker::Worker;

/// How often a worker that says nothing is looked at.
const GLANCE: Duration = Duration::from_millis(500);

/// So many of the bytes that go with a command are written together with it.
const TOGETHER: usize = 64 * 1024;

/// A command as the worker reads it: one line.
pub fn line_of(command: &Command<'_>) -> io::Result<Vec<u8>> {
    let mut line = serde_json::to_vec(command)?;
    line.push(b'\n');
    Ok(line)
}

/// What is known of the application a lane leads to.
#[derive(Debug, Default)]
pub struct Facts {
    /// What is called, such as `function application`.
    pub callable: String,
    /// What the worker adds to environ: keys, reprs, names of types.
    pub provided: Vec<(String, String, String)>,
}

/// A lane to a worker. Dropping the last one ends the worker.
pub struct Lane {
    // Dropped first: a process that sees the end of its pipe leaves, and with it would go the knowledge
    // of what it has started.
    pub worker: Arc<Worker>,
    commands: File,
    pub frames: Frames,
    /// Nothing, before an application was loaded.
    pub facts: Arc<Facts>,
}

impl Lane {
    pub fn new(commands: OwnedFd, reports: OwnedFd, worker: Arc<Worker>) -> Self {
        Self {
            commands: File::from(commands),
            frames: Frames::new(reports, Arc::clone(&worker.output), worker.mark.clone()),
            worker,
            facts: Arc::default(),
        }
    }

    /// Waits until the interpreter runs; says what it is, and the path of a system interpreter
    /// itself, which starts sooner than a wrapper around it.
    pub fn ready(&mut self) -> Result<(About, Option<PathBuf>), String> {
        match self.frames.report(Instant::now() + START_TIMEOUT) {
            Ok(Report::Ready {
                implementation,
                version,
                executable,
            }) => {
                let system = self.worker.is_system();
                let about = About {
                    engine: if system { "system" } else { "embedded" },
                    implementation,
                    version,
                    reason: None,
                };
                Ok((about, executable.filter(|_| system).map(PathBuf::from)))
            }
            Ok(_) | Err(Silence::Garbled) => {
                Err("it does not answer as a Python interpreter would".to_owned())
            }
            Err(silence) => Err(self.worker.obituary(&silence)),
        }
    }

    pub fn tell(&mut self, command: &Command<'_>, bytes: &[u8]) -> io::Result<()> {
        self.tell_line(&line_of(command)?, bytes.len(), &mut &*bytes)
    }

    /// Tells a command that is a line already, and so many bytes after it.
    pub fn tell_line(
        &mut self,
        line: &[u8],
        length: usize,
        bytes: &mut dyn Read,
    ) -> io::Result<()> {
        let mut bytes = bytes.take(length as u64);
        let mut together = Vec::with_capacity(line.len() + length.min(TOGETHER));
        together.extend_from_slice(line);
        bytes
            .by_ref()
            .take(TOGETHER as u64)
            .read_to_end(&mut together)?;
        self.commands.write_all(&together)?;
        io::copy(&mut bytes, &mut self.commands).map(drop)
    }

    /// The next report, until the application's deadline and a little more. `since` is when the
    /// application got control; `waits` is called now and then meanwhile.
    pub fn report(&mut self, since: Instant, waits: &mut dyn FnMut()) -> Result<Report, Silence> {
        let deadline = since + self.worker.timeout + TIMEOUT_GRACE;
        loop {
            let glance = Instant::now() + GLANCE;
            match self.frames.report(deadline.min(glance)) {
                // A child of its own may hold the pipe open when the worker has ended.
                Err(Silence::TooLate) if self.worker.has_ended() => return Err(Silence::Ended),
                Err(Silence::TooLate) if glance < deadline => waits(),
                result => return result,
            }
        }
    }
}

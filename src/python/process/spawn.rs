//! Spawns worker processes.

use std::io;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

use tracing::info;

use super::config::WorkerConfig;
use super::worker::Worker;
use super::worker_channel::WorkerChannel;
use super::{COMMAND, descendants};
use crate::python::engine::Engine;
use crate::python::protocol::channel::Channel;
use crate::python::protocol::command::WorkerCommand;
use crate::python::protocol::output::ProcessOutput;
use crate::spawn;

/// Makes glibc return blocks of this many bytes and more to the system when they are freed.
/// Otherwise it keeps room for three of them after the first large body.
const MALLOC_THRESHOLD: (&str, &str) = ("MALLOC_MMAP_THRESHOLD_", "1048576");

/// Spawns a worker; does not wait for its interpreter. The channel is its standard input and
/// output.
pub fn spawn_worker(config: &WorkerConfig) -> io::Result<WorkerChannel> {
    let mark = format!("{:016x}", fastrand::u64(..));
    let (mut child, descendants_mark) =
        config.registry.spawn(&config.program, |descendants_mark| {
            spawn::spawn(&mut command(config, &mark, descendants_mark))
        })?;
    let (Some(commands), Some(frames), Some(output)) =
        (child.stdin.take(), child.stdout.take(), child.stderr.take())
    else {
        return Err(io::Error::other("the worker has no pipes"));
    };
    let output = Arc::new(ProcessOutput::new(output.into())?);
    let worker = Arc::new(Worker::new(
        child,
        Arc::clone(&output),
        config,
        mark,
        descendants_mark,
    ));
    info!(worker = worker.pid(), engine = %config.engine, "worker started");
    let channel = Channel::new(commands.into(), frames.into(), output, worker.mark.clone());
    let mut channel = WorkerChannel::new(worker, channel);
    if !config.imports.is_empty() {
        let modules = &config.imports;
        channel.send(&WorkerCommand::Warm { modules }, b"")?;
    }
    Ok(channel)
}

/// `mark` is what each of its frames begins with, `descendants_mark` what is in the environment of
/// its descendants.
fn command(config: &WorkerConfig, mark: &str, descendants_mark: &str) -> Command {
    let engine = match &config.engine {
        Engine::Embedded => Path::new("embedded"),
        Engine::System(python) => python,
    };
    let mut command = Command::new(&config.program);
    if std::env::current_dir().is_err() {
        // The working directory was removed, and an interpreter does not start without one. It may
        // have been made again.
        let directory = config.working_directory.as_deref();
        let directory = directory.filter(|directory| directory.is_dir());
        command.current_dir(directory.unwrap_or(Path::new("/")));
    }
    command
        .arg(COMMAND)
        .arg(std::process::id().to_string())
        .arg(engine)
        .arg(&config.script)
        .arg(config.timeout.as_secs_f64().to_string())
        .arg(mark)
        .env(descendants::VARIABLE, descendants_mark)
        .env(MALLOC_THRESHOLD.0, MALLOC_THRESHOLD.1)
        // When the embedded interpreter gives up, its reason is what counts.
        .env("RUST_BACKTRACE", "0")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        // A group of its own: Ctrl-C in the terminal is for the tutor, and whatever the application
        // starts can be ended with it.
        .process_group(0);
    command
}

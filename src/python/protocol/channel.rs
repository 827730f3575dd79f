//! A channel to a worker: commands one way, frames the other.

use std::fs::File;
use std::io::{self, Read, Write as _};
use std::os::fd::OwnedFd;
use std::sync::Arc;
use std::time::Instant;

use super::command::WorkerCommand;
use super::frame_reader::{FrameReader, ReadError};
use super::message::WorkerMessage;
use super::output::ProcessOutput;

/// How many of the bytes that follow a command are written together with it.
const MAX_JOINED: usize = 64 * 1024;

/// Two pipes, or the two directions of a socket.
pub struct Channel {
    commands: File,
    frames: FrameReader,
}

impl Channel {
    /// `output` is the other output of the process, read while a frame is waited for; `mark` is
    /// what each frame begins with.
    pub fn new(
        commands: OwnedFd,
        frames: OwnedFd,
        output: Arc<ProcessOutput>,
        mark: String,
    ) -> Self {
        Self {
            commands: File::from(commands),
            frames: FrameReader::new(frames, output, mark),
        }
    }

    /// Sends a command and the bytes that go with it.
    pub fn send(&mut self, command: &WorkerCommand<'_>, bytes: &[u8]) -> io::Result<()> {
        self.send_line(&command.to_line()?, bytes.len(), &mut &*bytes)
    }

    /// Sends a command that is a line already, and `length` bytes after it.
    pub fn send_line(
        &mut self,
        line: &[u8],
        length: usize,
        bytes: &mut dyn Read,
    ) -> io::Result<()> {
        let mut bytes = bytes.take(length as u64);
        let mut joined = Vec::with_capacity(line.len() + length.min(MAX_JOINED));
        joined.extend_from_slice(line);
        bytes
            .by_ref()
            .take(MAX_JOINED as u64)
            .read_to_end(&mut joined)?;
        self.commands.write_all(&joined)?;
        io::copy(&mut bytes, &mut self.commands).map(drop)
    }

    /// Reads the next message, until `deadline`.
    pub fn read_message(&mut self, deadline: Instant) -> Result<WorkerMessage, ReadError> {
        self.frames.read_message(deadline)
    }

    /// The raw bytes that follow the message read last.
    pub fn bytes(&mut self, length: u64) -> impl Read {
        (&mut self.frames).take(length)
    }
}

//! Standard input, a line at a time: the next one is read when it is asked for.

use std::io::{self, BufRead as _, IsTerminal as _, Read as _, Stdin};
use std::sync::mpsc::{Sender, channel};
use std::thread;

use rustix::fs::{FileType, fstat};
use rustix::process::getpgrp;
use rustix::termios::tcgetpgrp;

use super::Happened;
use crate::headless::{Message, write};
use crate::session::mailbox::Outbox;

const PROMPT: &str = "> ";
/// Bytes of a line at most; what stands behind them is a line of its own.
const MAX_LINE: u64 = 64 * 1024;

/// Whether commands can come from standard input. What is no terminal, pipe or file, as /dev/null
/// of a service, holds none; and a job in the background must not read from its terminal.
pub fn has_commands() -> bool {
    let input = io::stdin();
    if input.is_terminal() {
        return tcgetpgrp(&input).is_ok_and(|group| group == getpgrp());
    }
    fstat(&input).is_ok_and(|it| {
        matches!(
            FileType::from_raw_mode(it.st_mode),
            FileType::Fifo | FileType::RegularFile | FileType::Socket
        )
    })
}

/// What there is to read.
pub enum Next {
    Line(String),
    End,
    /// It was asked for, and comes as a [`Happened::Line`].
    Asked,
}

/// Lines that a thread reads, and the prompt for them where a person types them.
pub struct Input {
    read_on: Sender<()>,
    /// What came; nothing before the first line was asked for.
    next: Option<Next>,
    has_prompts: bool,
    /// Whether a prompt stands in the last line.
    is_prompted: bool,
}

impl Input {
    /// Starts the thread.
    pub fn start(outbox: Outbox<Message>) -> io::Result<Self> {
        let (read_on, asked) = channel::<()>();
        thread::Builder::new().name("input".into()).spawn(move || {
            while asked.recv().is_ok() {
                let line = Message::Lesson(Happened::Line(read(&io::stdin())));
                // The program is ending when nobody listens any more.
                let _ = outbox.send(line);
            }
        })?;
        Ok(Self {
            read_on,
            next: None,
            has_prompts: io::stdin().is_terminal() && io::stdout().is_terminal(),
            is_prompted: false,
        })
    }

    /// The line that came; or asks for it.
    pub fn next(&mut self) -> io::Result<Next> {
        match self.next.take() {
            Some(Next::Line(line)) => return Ok(Next::Line(line)),
            Some(Next::End) => return Ok(Next::End),
            Some(Next::Asked) => {}
            // The thread ends with this.
            None => drop(self.read_on.send(())),
        }
        self.next = Some(Next::Asked);
        if self.has_prompts && !self.is_prompted {
            write(PROMPT)?;
            self.is_prompted = true;
        }
        Ok(Next::Asked)
    }

    /// Takes what was read; `None` is the end.
    pub fn take(&mut self, line: Option<String>) {
        // Whoever typed it ended the line.
        self.is_prompted &= line.is_none();
        self.next = Some(line.map_or(Next::End, Next::Line));
    }

    /// Ends the line of a prompt that nothing was typed behind.
    pub fn leave_prompt(&mut self) -> io::Result<()> {
        if std::mem::take(&mut self.is_prompted) {
            write("\n")?;
        }
        Ok(())
    }
}

/// The next line, or `None` at the end.
fn read(input: &Stdin) -> Option<String> {
    let mut line = Vec::new();
    let read = input.lock().take(MAX_LINE).read_until(b'\n', &mut line);
    match read {
        Ok(0) | Err(_) => None,
        Ok(_) => Some(String::from_utf8_lossy(&line).into_owned()),
    }
}

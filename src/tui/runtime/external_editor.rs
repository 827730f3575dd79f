//! The learner's editor, while it has the terminal.

use std::io;
use std::path::Path;
use std::process::Child;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use rustix::io::Errno;
use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process, waitid};

use crate::editor::Editor;
use crate::session::mailbox::Outbox;
use crate::spawn;
use crate::tui::message::Message;

/// How long an editor that was asked to end may take to save what it has.
const EXIT_TIMEOUT: Duration = Duration::from_secs(2);
const POLL_INTERVAL: Duration = Duration::from_millis(20);

/// An editor that runs. A thread waits for its end, so that nothing else has to.
pub struct ExternalEditor {
    process: Child,
    chosen: Editor,
}

impl ExternalEditor {
    /// Starts `$VISUAL`, `$EDITOR` or `vi` on a file; [`Message::Edited`] comes when it has ended.
    pub fn start(file: &Path, outbox: Outbox<Message>) -> anyhow::Result<Self> {
        let chosen = Editor::of(file);
        let process = spawn::spawn(&mut chosen.command()?);
        let process = process.with_context(|| chosen.failed())?;
        let id = id(&process);
        let mut editor = Self { process, chosen };
        let waiting = thread::Builder::new().name("editor".into()).spawn(move || {
            wait(id);
            // The screen is closing when nobody listens any more.
            let _ = outbox.send(Message::Edited);
        });
        if let Err(error) = waiting {
            editor.end();
            return Err(error).context("the system allows no more threads");
        }
        Ok(editor)
    }

    /// How it went, once it has ended.
    pub fn outcome(mut self) -> anyhow::Result<()> {
        let status = self.process.wait().with_context(|| self.chosen.failed())?;
        anyhow::ensure!(status.success(), self.chosen.failed());
        Ok(())
    }

    /// Ends it: it may save first, but not stay.
    pub fn end(&mut self) {
        if let Some(id) = id(&self.process) {
            // One that has ended already needs no signal.
            let _ = kill_process(id, Signal::TERM);
        }
        let deadline = Instant::now() + EXIT_TIMEOUT;
        while Instant::now() < deadline {
            if !matches!(self.process.try_wait(), Ok(None)) {
                return;
            }
            thread::sleep(POLL_INTERVAL);
        }
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn id(process: &Child) -> Option<Pid> {
    i32::try_from(process.id()).ok().and_then(Pid::from_raw)
}

/// Waits for a process and leaves it to its owner, so that its number means no other one meanwhile.
fn wait(id: Option<Pid>) {
    let Some(id) = id else { return };
    let options = WaitIdOptions::EXITED | WaitIdOptions::NOWAIT;
    while matches!(waitid(WaitId::Pid(id), options), Err(Errno::INTR)) {}
}

/// Opens an address in the learner's browser; nothing of what an opener says reaches the screen.
pub fn open_quietly(url: &str) -> io::Result<()> {
    let mut last = io::Error::from(io::ErrorKind::NotFound);
    for mut command in open::commands(url) {
        command
            .stdin(std::process::Stdio::null())
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null());
        match spawn::spawn(&mut command).and_then(|mut opener| opener.wait()) {
            Ok(status) if status.success() => return Ok(()),
            Ok(status) => last = io::Error::other(status.to_string()),
            Err(error) => last = error,
        }
    }
    Err(last)
}

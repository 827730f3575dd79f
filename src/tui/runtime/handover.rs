//! Gives the terminal to an editor or to the shell, and takes it back.

use std::io;
use std::path::Path;
use std::sync::atomic::Ordering;

use super::external_editor::ExternalEditor;
use super::{Runtime, terminal, threads};
use crate::spawn;
use crate::tui::message::Message;
use crate::tui::update::update;

impl Runtime {
    /// Gives the terminal to the learner's editor, until [`Message::Edited`] comes.
    pub(super) fn edit(&mut self, file: &Path) -> io::Result<()> {
        self.editor_runs.store(true, Ordering::Release);
        terminal::leave(self.settings.mouse);
        match ExternalEditor::start(file, self.outbox.clone()) {
            Ok(editor) => self.editor = Some(editor),
            Err(error) => {
                self.notice(&format!("{error:#}"));
                self.enter_again()?;
            }
        }
        Ok(())
    }

    /// Takes the terminal back from an editor that has ended.
    pub(super) fn take_back(&mut self) -> io::Result<()> {
        let Some(editor) = self.editor.take() else {
            return Ok(());
        };
        if let Err(error) = editor.outcome() {
            self.notice(&format!("{error:#}"));
        }
        self.enter_again()?;
        // The key that opened it was taken long ago.
        let _ = self.read_on.send(());
        Ok(())
    }

    /// Gives the terminal to the shell, until [`Message::Continued`] comes.
    pub(super) fn suspend(&mut self, job: bool) -> io::Result<()> {
        if !terminal::has_shell() {
            self.notice("no shell started this, so there is none to return to; q quits");
            return Ok(());
        }
        self.suspended = true;
        terminal::leave(self.settings.mouse);
        if job {
            return spawn::suspend_process_group();
        }
        threads::stop()
    }

    pub(super) fn enter_again(&mut self) -> io::Result<()> {
        terminal::enter(self.settings.mouse)?;
        self.suspended = false;
        self.editor_runs.store(false, Ordering::Release);
        self.draws_all = true;
        // Its size may have changed meanwhile.
        let size = self.terminal.size()?;
        update(&mut self.model, Message::Resize(size.width, size.height));
        Ok(())
    }
}

//! What the editor in place asks for: files to read, to save, and to keep.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use super::threads::{self, Every};
use super::worker::Worker;
use super::{MAX_SOURCE, Runtime};
use crate::lesson::{Draft, Drafts, keep, write};
use crate::ordinary_file;
use crate::session::mailbox::Outbox;
use crate::tui::message::{EditorMessage, Message};

impl Runtime {
    /// Has the colours of the text that is edited found.
    pub(super) fn highlight_edited(&mut self, text: String) {
        if self.highlight_edited.is_none() {
            // Without the thread the text stays plain.
            let started = threads::start_highlighter(self.outbox.clone(), Every::Newest);
            self.highlight_edited = started.ok();
        }
        if let Some(highlight) = &self.highlight_edited {
            let _ = highlight.send(text);
        }
    }

    /// Reads a file that is to be edited, and what was not saved of it last time.
    pub(super) fn begin_editing(&self, file: PathBuf) {
        let shown = file.display();
        match ordinary_file::read_up_to(&file, MAX_SOURCE).map(String::from_utf8) {
            Ok(Ok(text)) => {
                let drafts = self.settings.state.as_deref().map(Drafts::new);
                let draft = drafts.and_then(|drafts| drafts.of(&file));
                let _ =
                    self.outbox
                        .send(Message::Editor(EditorMessage::Begun { file, text, draft }));
            }
            Ok(Err(_)) => self.notice(&format!(
                "{shown} is not UTF-8, so it cannot be edited here; E opens it in your own editor"
            )),
            Err(error) if error.kind() == io::ErrorKind::FileTooLarge => self.notice(&format!(
                "{shown} is too long to be edited here; E opens it in your own editor"
            )),
            Err(error) => self.notice(&format!("{shown} cannot be read: {error}")),
        }
    }

    /// Saves a text, if the file holds what it held; or over what it holds, which is kept.
    pub(super) fn save_text(&self, file: &Path, text: String, base: &str, over: bool) {
        let is = ordinary_file::read(file);
        let changed = is
            .as_ref()
            .is_ok_and(|is| is != base.as_bytes() && is != text.as_bytes());
        let kept = match is {
            Ok(_) if changed && !over => {
                let _ = self.outbox.send(Message::Editor(EditorMessage::Clash));
                return;
            }
            Ok(is) if changed => self.keep_beside(file, &is).map(Some),
            _ => Ok(None),
        };
        let kept = kept.and_then(|kept| write(file, text.as_bytes()).map(|()| kept));
        match kept {
            Ok(kept) => {
                let _ = self
                    .outbox
                    .send(Message::Editor(EditorMessage::Saved(text)));
                if let Some(kept) = kept {
                    self.notice(&format!(
                        "saved; the other version is kept as {}",
                        kept.display()
                    ));
                }
            }
            Err(error) => {
                let why = format!(
                    "{} cannot be saved: {error}. Your text is still here.",
                    file.display()
                );
                let _ = self
                    .outbox
                    .send(Message::Editor(EditorMessage::NotSaved(why)));
            }
        }
    }

    /// Keeps a text that is not to be saved in a file of its own.
    pub(super) fn keep_text(&self, file: &Path, text: &str, leaves: bool, quits: bool) {
        let news = match self.keep_beside(file, text.as_bytes()) {
            Ok(kept) => EditorMessage::Kept {
                kept: kept.display().to_string(),
                leaves,
                quits,
            },
            Err(error) => EditorMessage::NotSaved(format!(
                "no copy can be kept beside {}: {error}. Your text is still here.",
                file.display()
            )),
        };
        let _ = self.outbox.send(Message::Editor(news));
    }

    /// Reads the file that is edited again; one that is gone is made anew when it is saved.
    pub(super) fn read_again(&self, file: &Path) {
        if let Ok(text) = ordinary_file::read_text(file) {
            let _ = self
                .outbox
                .send(Message::Editor(EditorMessage::ReadAgain(text)));
        }
    }

    /// Keeps a text in the folder `kept` beside a file, or where nothing can be written there, in
    /// the state folder.
    fn keep_beside(&self, file: &Path, text: &[u8]) -> io::Result<PathBuf> {
        let folder = file.parent().unwrap_or(Path::new(".")).join("kept");
        let name = file.file_name().unwrap_or_default();
        keep(text, name.as_ref(), &folder).or_else(|error| match &self.settings.state {
            Some(state) => keep(text, name.as_ref(), &state.join("kept")),
            None => Err(error),
        })
    }
}

/// A file, and what of it is not saved.
pub type FileDraft = (PathBuf, Option<Draft>);

/// Keeps drafts; only the newest of each file matters. Without a state folder nothing is kept.
pub fn start_draft_keeper(state: Option<&Path>, outbox: Outbox<Message>) -> Worker<FileDraft> {
    let keeper = state.map(Drafts::new);
    Worker::<FileDraft>::start("drafts", move |queue| {
        let Some(keeper) = keeper else { return };
        let mut failed = false;
        for draft in queue {
            // Each letter comes as a draft of its own.
            let mut newest = BTreeMap::from([draft]);
            newest.extend(queue.try_iter());
            for (file, draft) in &newest {
                if let Err(error) = keeper.keep(file, draft.as_ref())
                    && !failed
                {
                    failed = true;
                    let notice = format!("unsaved text cannot be backed up: {error}");
                    let _ = outbox.send(Message::Notice(notice));
                }
            }
        }
    })
}

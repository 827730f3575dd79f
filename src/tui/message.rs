//! What can happen to the model.

use std::path::PathBuf;

use crossterm::event::{KeyEvent, MouseEvent};

use super::highlight::Tokens;
use super::state::page::{PageResult, PageSource};
use super::state::session::Subject;
use crate::diagnosis::{Findings, Sources};
use crate::exchange::ExchangeId;
use crate::lesson::Draft;
use crate::lesson::check::{CheckRun, Reply};
use crate::session::SessionEvent;
use crate::session::mailbox::{Urgency, Urgent};

/// Something that happened.
#[derive(Debug)]
pub enum Message {
    Key(KeyEvent),
    Mouse(MouseEvent),
    Paste(String),
    /// The terminal's new size: columns and rows.
    Resize(u16, u16),
    Session(SessionEvent),
    /// Something was opened: the file of its application, and what stands in it.
    Opened {
        subject: Subject,
        file: Option<PathBuf>,
        source: String,
        /// Whether the file is broken on purpose.
        broken: bool,
    },
    /// Something happened that the lesson waits for.
    Lesson(CourseMessage),
    /// Something happened that the editor waits for.
    Editor(EditorMessage),
    /// The colours of this source are ready.
    Highlighted {
        source: String,
        tokens: Tokens,
    },
    /// A file of the project was read.
    FileRead {
        file: String,
        source: String,
    },
    /// This page is ready.
    Paged {
        source: PageSource,
        page: PageResult,
    },
    /// The mistakes of a finished exchange.
    Diagnosed {
        id: ExchangeId,
        findings: Findings,
    },
    /// The mistake because of which these files could not be loaded.
    LoadDiagnosed {
        sources: Sources,
        findings: Findings,
    },
    /// Something the learner should read.
    Notice(String),
    /// The learner's editor has ended, and the terminal is the screen's again.
    Edited,
    /// A signal asked the program to give the terminal to the shell.
    Suspend,
    /// The program goes on after it was stopped; whatever stands on the terminal is not its own.
    Continued,
    /// A signal asked the program to end.
    Quit,
}

impl Urgent for Message {
    /// What happens in an exchange is drawn with the next frame; whatever a hand did is taken at
    /// once.
    fn urgency(&self) -> Urgency {
        match self {
            Self::Session(SessionEvent::Exchange(..)) => Urgency::Soon,
            _ => Urgency::Now,
        }
    }
}

/// What came of something the lesson asked for.
#[derive(Debug)]
pub enum CourseMessage {
    /// The requests of the step's checks were answered.
    Checked {
        number: u64,
        run: CheckRun,
        replies: Vec<Reply>,
    },
    /// The request that answers a question was answered, or why it was not.
    Answered { number: u64, reply: Box<Reply> },
    /// A mistake was made in the file; `lent` when it is the lesson's own that is broken.
    Broken { lent: bool },
    /// The file is as it was before the mistake.
    PutBack,
}

/// What came of something the editor asked for.
#[derive(Debug)]
pub enum EditorMessage {
    /// A file can be edited here: its text, and a text of it that was never saved.
    Begun {
        file: PathBuf,
        text: String,
        draft: Option<Draft>,
    },
    /// This text was saved.
    Saved(String),
    /// The text was not saved, for another one stands in the file.
    Clash,
    /// The text could not be saved, and why.
    NotSaved(String),
    /// What stands in the file that is edited.
    ReadAgain(String),
    /// A text that was not saved is kept in a file of its own.
    Kept {
        kept: String,
        leaves: bool,
        quits: bool,
    },
}

//! What can happen to the model, and what the model can ask for.

use std::path::PathBuf;

use crossterm::event::{KeyEvent, MouseEvent};

use super::course;
use super::editing;
use super::highlight::Tokens;
use super::model::Subject;
use super::page::{Made, Source};
use crate::browser::Request;
use crate::diagnosis::{Findings, Sources};
use crate::exchange::ExchangeId;
use crate::lesson::Change;
use crate::lesson::check::Check;
use crate::recording::Recording;
use crate::session::Report;
use crate::session::mailbox::{Urgency, Urgent};

/// Something that happened.
#[derive(Debug)]
pub enum Message {
    Key(KeyEvent),
    Mouse(MouseEvent),
    Paste(String),
    /// The terminal's new size: columns and rows.
    Resize(u16, u16),
    Report(Report),
    /// Something was opened: the file of its application, and what stands in it.
    Opened {
        subject: Subject,
        file: Option<PathBuf>,
        source: String,
        /// Whether the file is broken on purpose.
        broken: bool,
    },
    /// Something happened that the lesson waits for.
    Lesson(course::News),
    /// Something happened that the editor waits for.
    Editor(editing::News),
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
        source: Source,
        page: Made,
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
    /// What happens in an exchange is drawn with the next frame; whatever a hand did is taken at once.
    fn urgency(&self) -> Urgency {
        match self {
            Self::Report(Report::Event(..)) => Urgency::Soon,
            _ => Urgency::Now,
        }
    }
}

/// Something the runtime is to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Open the lesson at this place in the catalogue.
    Open(usize),
    Send(Request),
    /// Find the mistakes of a finished exchange.
    Diagnose(ExchangeId),
    /// Find the mistake because of which the application cannot be loaded.
    DiagnoseLoad,
    /// Send these bytes over a new connection: a request as it came once.
    Resend(Vec<u8>),
    /// End the answer of this exchange, if it still goes on.
    EndAnswer(ExchangeId),
    /// Put this on the terminal's clipboard.
    Copy(Vec<u8>),
    /// Save this in a file.
    Save(Box<Recording>),
    /// Open the learner's editor on the file.
    Edit(PathBuf),
    /// Open the learner's browser at an address.
    Browse(String),
    /// Read this file, to edit it here.
    BeginEditing(PathBuf),
    /// Save this text, if the file still holds `base`; otherwise only when it is to be saved `over`
    /// what stands there, which is kept.
    SaveText {
        file: PathBuf,
        text: String,
        base: String,
        over: bool,
    },
    /// Keep what is not saved where it survives a crash; nothing where all is saved.
    KeepDraft {
        file: PathBuf,
        text: Option<String>,
    },
    /// Keep a text that is not saved in a file of its own.
    KeepText {
        file: PathBuf,
        text: String,
        leaves: bool,
        quits: bool,
    },
    /// Read the file that is edited again.
    ReadAgain(PathBuf),
    /// Run these checks of the step.
    Check {
        number: u64,
        checks: Vec<Check>,
    },
    /// Send the request that answers a question.
    Ask {
        number: u64,
        request: Request,
    },
    /// Make the mistake at this place of the lesson's.
    Break(usize),
    /// Put the file back to what it was before the mistake.
    PutBack,
    /// Put this text into the learner's file, and keep what stands there.
    TakeOver(String),
    /// Keep what passed the checks of this step.
    KeepPassed {
        step: String,
        source: String,
    },
    /// Record progress.
    Record(Vec<Change>),
    /// Read this file of the project.
    Read(PathBuf),
    /// Find the colours of this source.
    Highlight(String),
    /// Find the colours of the text that is edited; only the newest matters.
    HighlightEdited(String),
    /// Make a page of this HTML, in lines of so many columns.
    LayOut {
        source: Source,
        html: Vec<u8>,
        width: usize,
    },
    /// Give the terminal to the shell, until it wants the program back: this program, or the whole
    /// job it is a part of.
    Suspend {
        job: bool,
    },
    Quit,
}

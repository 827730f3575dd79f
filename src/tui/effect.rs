//! What the model can ask for: the runtime does it.

use std::path::PathBuf;

use super::state::page::PageSource;
use crate::browser::Request;
use crate::exchange::ExchangeId;
use crate::lesson::check::Check;
use crate::lesson::{Change, Draft};
use crate::recording::Recording;

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
        draft: Option<Draft>,
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
    /// Make the mistake at this place of the lesson's, in the learner's file where it can be made
    /// there and the lesson's own is not asked for.
    Break {
        mistake: usize,
        lends: bool,
    },
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
        source: PageSource,
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

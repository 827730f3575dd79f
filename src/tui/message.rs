//! What can happen to the model, and what the model can ask for.

use std::path::PathBuf;

use crossterm::event::{KeyEvent, MouseEvent};

use super::highlight::Tokens;
use super::model::Subject;
use super::page::{Made, Source};
use crate::browser::Request;
use crate::recording::Recording;
use crate::session::Report;

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
    },
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
    /// Something the learner should read.
    Notice(String),
    /// The learner's editor has ended, and the terminal is the screen's again.
    Edited,
    /// A signal asked the program to end.
    Quit,
}

/// Something the runtime is to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Open the lesson at this place in the catalogue.
    Open(usize),
    Send(Request),
    /// Send these bytes over a new connection: a request as it came once.
    Resend(Vec<u8>),
    /// Put this on the terminal's clipboard.
    Copy(Vec<u8>),
    /// Save this in a file.
    Save(Box<Recording>),
    /// Open the learner's editor on the file.
    Edit(PathBuf),
    /// Open the learner's browser at an address.
    Browse(String),
    /// Read this file of the project.
    Read(PathBuf),
    /// Find the colours of this source.
    Highlight(String),
    /// Make a page of this HTML, in lines of so many columns.
    LayOut {
        source: Source,
        html: Vec<u8>,
        width: usize,
    },
    Quit,
}

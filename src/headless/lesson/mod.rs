//! A lesson without a screen: commands on standard input, answers in sentences. The next command is
//! read when what the last one asked for has been told, so that a pipe can hold all of them.

mod act;
mod command;
mod exercise;
mod hear;
mod input;
mod request;
mod told;
mod tutor;

use std::path::Path;
use std::sync::Arc;

use super::{Ended, Style, Teller, open};
use crate::exchange::Exchange;
use crate::lesson::check::CheckRun;
use crate::lesson::{Catalogue, ProgressFile, Workspace};
use crate::session::mailbox::mailbox;
use crate::session::{ExamineError, Options};
pub use input::has_commands;
use tutor::Tutor;

/// What is to be learned, and where it is kept.
pub struct Settings<'a> {
    pub catalogue: &'a Catalogue,
    /// The place of the lesson to begin with.
    pub place: usize,
    /// The place of the step; without it, where the lesson was left.
    pub step: Option<usize>,
    /// The folder of the learner's files.
    pub workspace: &'a Path,
    /// What progress is kept in, if it can be kept; and what has to be said about it.
    pub progress: Option<ProgressFile>,
    pub notice: Option<String>,
}

/// What the tutor waits for.
pub enum Happened {
    /// A line of standard input; `None` at its end.
    Line(Option<String>),
    /// The requests of checks were answered.
    Checked {
        number: u64,
        run: CheckRun,
        came: Vec<Result<Exchange, ExamineError>>,
    },
    /// The request that answers a question was answered.
    Answered {
        number: u64,
        came: Result<Box<Exchange>, ExamineError>,
    },
    /// The learner's own request was answered.
    Sent(Result<Box<Exchange>, ExamineError>),
}

/// Teaches until the commands end or a signal comes, or until nobody reads any more.
///
/// # Errors
/// When the server or Python cannot start; the error says what to do.
pub fn run(options: &Options, settings: Settings<'_>) -> anyhow::Result<()> {
    let (outbox, inbox) = mailbox();
    let session = open(options, outbox.clone())?;
    let lesson = &settings.catalogue.lessons[settings.place];
    let workspace = Workspace::new(settings.workspace);
    let app = workspace.file(lesson).to_string_lossy().into_owned();
    let teller = Teller::new(Style::Plain, Some(lesson), app, &session, options);
    let mut tutor = Tutor::new(settings, workspace, teller, Arc::clone(&session), outbox)?;
    let told = tutor.converse(&inbox);
    session.close();
    let told = told.and_then(|rest| {
        tutor.input.leave_prompt()?;
        tutor.teller.tell_last(&inbox, rest)
    });
    told.or_else(Ended::into)
}

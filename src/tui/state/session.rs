//! What is known of what is open: a lesson, an application of the user's own, or a recording.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::editor::EditorState;
use super::page::Pages;
use super::panes::{Pane, Scroll};
use super::playback::Playback;
use super::recording::RecordingInfo;
use crate::browser::Request;
use crate::diagnosis::{Diagnosis, Sources};
use crate::exchange::{ExchangeId, History, Raised};
use crate::lesson::course::Course;
use crate::python::Target;
use crate::tui::highlight::Tokens;

/// All that belongs to what is open. It is replaced whole when something else is opened.
#[derive(Debug, Clone)]
pub struct SessionState {
    pub opened: Option<Opened>,
    pub history: History,
    /// The mistakes of each finished exchange in the history that has some.
    pub diagnoses: BTreeMap<ExchangeId, Vec<Diagnosis>>,
    /// Whether it was said that not all mistakes may have been found.
    pub incomplete_reported: bool,
    /// The exchange that is shown; `None` follows the latest.
    pub chosen: Option<ExchangeId>,
    /// The exchange in which a check failed, until the next one begins.
    pub failed: Option<ExchangeId>,
    /// The position in its events that is shown; `None` follows what happens.
    pub playback: Option<Playback>,
    /// The exchange another one is to be compared with.
    pub marked: Option<ExchangeId>,
    pub pages: Pages,
    pub focus: Pane,
    /// Which of the two panes of the upper half is shown when there is room for one.
    pub upper: Pane,
    /// Whether no request has come since the lesson's step was opened.
    pub reading: bool,
    /// Lines scrolled in each pane.
    pub scroll: Scroll,
    /// The selected row of environ.
    pub environ_row: usize,
    /// The application's file, while it is edited here. What is not saved is kept as a draft.
    pub editor: Option<EditorState>,
}

impl SessionState {
    /// Nothing is open.
    pub fn nothing() -> Self {
        Self::of(None, Pane::Lesson, History::default())
    }

    /// Something was opened after this.
    pub fn succeed(&self, opened: Opened) -> Self {
        let focus = match opened.subject {
            Subject::Lesson(_) => Pane::Lesson,
            Subject::App(_) | Subject::Recording(_) => Pane::Source,
        };
        // Another app's requests would say nothing about this one.
        Self::of(Some(opened), focus, self.history.successor())
    }

    /// Whether a text is edited that is not in its file yet.
    pub fn is_unsaved(&self) -> bool {
        let editor = self.editor.as_ref();
        editor.is_some_and(EditorState::is_unsaved)
    }

    fn of(opened: Option<Opened>, focus: Pane, history: History) -> Self {
        Self {
            opened,
            history,
            diagnoses: BTreeMap::new(),
            incomplete_reported: false,
            chosen: None,
            failed: None,
            playback: None,
            marked: None,
            pages: Pages::default(),
            focus,
            upper: focus,
            reading: true,
            scroll: Scroll::default(),
            environ_row: 0,
            editor: None,
        }
    }
}

/// What the screen shows at work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// The lesson at this place in the catalogue.
    Lesson(usize),
    /// An application of the user's own.
    App(Target),
    /// What was saved in a file; nothing runs.
    Recording(RecordingInfo),
}

/// An open lesson, or an application of the user's own.
#[derive(Debug, Clone)]
pub struct Opened {
    pub subject: Subject,
    /// The file the application is in; unknown for a module nobody has found yet.
    pub file: Option<PathBuf>,
    /// What stands in the file, as far as it is known.
    pub source: String,
    /// The colours of `source`, once they are ready.
    pub tokens: Option<Tokens>,
    /// The application's files as they were loaded, for what is said of its mistakes.
    pub sources: Sources,
    pub loaded: Load,
    /// The mistake because of which it could not be loaded.
    pub unloaded: Vec<Diagnosis>,
    /// What the file printed while it was loaded.
    pub printed: String,
    /// The learner's place in the lesson, where one is open.
    pub course: Option<Course>,
    /// What was last sent with the form.
    pub sent: Option<Request>,
    /// Other files of the project that a step or an error led to, by their paths; nothing yet
    /// where one was only asked for.
    pub others: BTreeMap<String, Option<OtherFile>>,
}

/// A file of the project other than the application's own.
#[derive(Debug, Clone)]
pub struct OtherFile {
    pub source: String,
    pub tokens: Option<Tokens>,
}

impl Opened {
    /// The place of the lesson in the catalogue, if it is one.
    pub fn place(&self) -> Option<usize> {
        match self.subject {
            Subject::Lesson(place) => Some(place),
            Subject::App(_) | Subject::Recording(_) => None,
        }
    }

    /// The application of the user's own, if it is one.
    pub fn target(&self) -> Option<&Target> {
        match &self.subject {
            Subject::Lesson(_) | Subject::Recording(_) => None,
            Subject::App(target) => Some(target),
        }
    }

    /// The recording, if it is one.
    pub fn recording(&self) -> Option<&RecordingInfo> {
        match &self.subject {
            Subject::Lesson(_) | Subject::App(_) => None,
            Subject::Recording(shown) => Some(shown),
        }
    }
}

/// What became of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Load {
    Pending,
    /// It runs; this is what will be called.
    Ready(String),
    Failed(Box<Raised>),
}

//! A recording on the screen: the messages that show it.

use std::path::{Path, PathBuf};

use super::message::Message;
use super::model::{Model, Subject};
use crate::recording::Recording;
use crate::session::Report;

/// What is known of the recording that is shown, besides its exchanges.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The file of the recording.
    pub path: PathBuf,
    /// What ran when it was made.
    pub app: String,
    /// The place of its lesson in the catalogue.
    pub lesson: Option<usize>,
}

/// What a session would have sent, had this happened now.
pub fn messages(model: &Model, recording: &Recording, path: &Path) -> Vec<Message> {
    let mut lessons = model.catalogue.lessons.iter();
    let opened = Message::Opened {
        broken: false,
        subject: Subject::Recording(Shown {
            path: path.to_owned(),
            app: recording.app.clone(),
            lesson: lessons.position(|lesson| Some(lesson.number) == recording.lesson),
        }),
        file: recording.file.as_ref().map(PathBuf::from),
        source: recording.source.clone(),
    };
    let events = recording
        .events()
        .map(|(id, event)| Message::Report(Report::Event(id, event.clone())));
    std::iter::once(opened).chain(events).collect()
}

//! A recording on the screen: the messages that show it.

use std::path::{Path, PathBuf};

use super::message::Message;
use super::state::model::Model;
use super::state::recording::RecordingInfo;
use super::state::session::Subject;
use crate::recording::Recording;
use crate::session::SessionEvent;

/// What a session would have sent, had this happened now.
pub fn messages(model: &Model, recording: &Recording, path: &Path) -> Vec<Message> {
    let mut lessons = model.catalogue.lessons.iter();
    let opened = Message::Opened {
        broken: false,
        subject: Subject::Recording(RecordingInfo {
            path: path.to_owned(),
            app: recording.app.clone(),
            lesson: lessons.position(|lesson| Some(lesson.number) == recording.lesson),
        }),
        file: recording.file.as_ref().map(PathBuf::from),
        source: recording.source.clone(),
    };
    let events = recording
        .events()
        .map(|(id, event)| Message::Session(SessionEvent::Exchange(id, event.clone())));
    std::iter::once(opened).chain(events).collect()
}

//! Which file the source pane shows: the application's own, or the one that a step or an error
//! leads to.

use std::path::PathBuf;

use crate::diagnosis::Diagnosis;
use crate::tui::highlight::Tokens;
use crate::tui::state::model::Model;
use crate::tui::state::session::{Load, Opened};

/// The file that is shown.
pub struct ShownFile<'a> {
    pub file: Option<String>,
    pub source: &'a str,
    pub tokens: Option<&'a Tokens>,
}

/// The file the moment leads to, or the application's own.
pub fn shown<'a>(model: &Model, opened: &'a Opened) -> ShownFile<'a> {
    let other =
        other(model, opened).and_then(|file| Some((file, opened.others.get(file)?.as_ref()?)));
    match other {
        Some((file, other)) => ShownFile {
            file: Some(file.to_owned()),
            source: &other.source,
            tokens: other.tokens.as_ref(),
        },
        None => ShownFile {
            file: own(opened),
            source: &opened.source,
            tokens: opened.tokens.as_ref(),
        },
    }
}

fn own(opened: &Opened) -> Option<String> {
    let file = opened.file.as_ref()?;
    Some(file.to_string_lossy().into_owned())
}

/// The file of the project, other than the application's own, that the moment leads to: the one
/// whose line runs next, or the one that failed.
pub fn other<'a>(model: &'a Model, opened: &'a Opened) -> Option<&'a str> {
    let moment = model.moment();
    let step = moment.suspended.as_ref().or(moment.running.last());
    let spot = mistakes(model, opened)
        .iter()
        .find_map(|found| found.spot.as_ref());
    if let (None, Some(spot)) = (step, spot) {
        let file = spot.file.as_str();
        return (own(opened).as_deref() != Some(file)).then_some(file);
    }
    let blame = match (step, &opened.loaded) {
        (Some(running), _) => running.place.as_ref(),
        (None, Load::Failed(raised)) => raised.blame.as_ref(),
        (None, _) => match (&moment.timed_out, &moment.error) {
            (Some(timed_out), _) => timed_out.blame.as_ref(),
            (None, Some(raised)) => raised.blame.as_ref(),
            (None, None) => None,
        },
    };
    let file = blame?.file.as_str();
    (own(opened).as_deref() != Some(file)).then_some(file)
}

/// The file that is shown, for an editor.
pub fn path(model: &Model) -> Option<PathBuf> {
    shown(model, model.session.opened.as_ref()?)
        .file
        .map(PathBuf::from)
}

/// The file of the project, other than the application's own, that should be shown.
pub fn wanted(model: &Model) -> Option<&str> {
    other(model, model.session.opened.as_ref()?)
}

/// The mistakes that are known of what is shown.
pub fn mistakes<'a>(model: &'a Model, opened: &'a Opened) -> &'a [Diagnosis] {
    match opened.loaded {
        Load::Failed(_) => &opened.unloaded,
        Load::Pending | Load::Ready(_) => model.mistakes(),
    }
}

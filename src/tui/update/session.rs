//! What is open: its files, whether they could be loaded, and what the session says.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::lesson::checks;
use super::scroll::show_new_trouble;
use super::{editor, history, lesson};
use crate::diagnosis::{Findings, Sources};
use crate::python::Code;
use crate::session::{self, SessionEvent};
use crate::tui::content::shown_file;
use crate::tui::effect::Effect;
use crate::tui::highlight::Tokens;
use crate::tui::state::model::{Model, Screen};
use crate::tui::state::session::{Load, Opened, OtherFile, Subject};

/// Asks for the file that a step or an error leads to, once.
pub fn ask_for_file(model: &mut Model) -> Option<Effect> {
    let file = shown_file::wanted(model)?.to_owned();
    let opened = model.session.opened.as_mut()?;
    if let Subject::Recording(_) = opened.subject {
        // It may come from anybody, and name any file of this machine.
        return None;
    }
    if opened.others.contains_key(&file) {
        return None;
    }
    opened.others.insert(file.clone(), None);
    Some(Effect::Read(file.into()))
}

/// Shows what was opened; `broken` where the file is broken on purpose.
pub fn opened(
    model: &mut Model,
    subject: Subject,
    file: Option<PathBuf>,
    source: String,
    broken: bool,
) -> Vec<Effect> {
    let course = match subject {
        Subject::Lesson(place) => model.catalogue.lessons.get(place),
        Subject::App(_) | Subject::Recording(_) => None,
    };
    let course = course.map(|lesson| lesson::open(model, lesson, &source, broken));
    model.session = model.session.succeed(Opened {
        subject,
        sources: file_of(file.as_deref(), &source),
        file,
        source: source.clone(),
        tokens: None,
        loaded: Load::Pending,
        unloaded: Vec::new(),
        printed: String::new(),
        course,
        sent: None,
        others: BTreeMap::new(),
    });
    model.screen = Screen::Opened;
    let mut effects = vec![Effect::Highlight(source)];
    effects.extend(lesson::opened(model));
    effects
}

/// Takes what the session says.
pub fn happened(model: &mut Model, event: SessionEvent) -> Vec<Effect> {
    match event {
        SessionEvent::Serving { url, mount, public } => {
            model.server.mount = mount;
            model.server.url = Some(url);
            model.server.public = public;
        }
        SessionEvent::Python(about) => model.server.python = Some(about),
        SessionEvent::Exchange(id, event) => return history::happened(model, id, event),
        SessionEvent::Loaded(mut code) => {
            let callable = std::mem::take(&mut code.callable);
            return loaded(model, code, Load::Ready(callable));
        }
        SessionEvent::LoadFailed(code, raised) => {
            return loaded(model, code, Load::Failed(raised));
        }
        SessionEvent::WorkerDied { reason } => {
            model.notice = Some(format!(
                "Python was ended ({reason}). The next request starts it again."
            ));
        }
        SessionEvent::Trouble(trouble) => model.notice = Some(trouble),
    }
    Vec::new()
}

fn loaded(model: &mut Model, code: Code, loaded: Load) -> Vec<Effect> {
    // A file of the lesson before may have taken its time.
    let Some(opened) = model
        .session
        .opened
        .as_mut()
        .filter(|opened| opened.target().is_some() || opened.file == code.file)
    else {
        return Vec::new();
    };
    opened.sources = session::sources(&code);
    opened.unloaded.clear();
    let failed = matches!(loaded, Load::Failed(_));
    opened.loaded = loaded;
    // Any of them may be what was saved.
    opened.others.clear();
    opened.printed = code.printed;
    opened.file = code.file.or(opened.file.take());
    let effects = if opened.source == code.source {
        Vec::new()
    } else {
        opened.source.clone_from(&code.source);
        opened.tokens = None;
        vec![Effect::Highlight(code.source)]
    };
    show_new_trouble(model);
    let diagnose = failed.then_some(Effect::DiagnoseLoad);
    let effects = effects.into_iter().chain(diagnose);
    let effects = effects.chain(checks::loaded(model));
    effects.chain(editor::saving::read_again(model)).collect()
}

/// Takes the mistake because of which these files could not be loaded, unless others were loaded
/// since.
pub fn load_diagnosed(model: &mut Model, sources: &Sources, findings: Findings) {
    let opened = model.session.opened.as_mut();
    let Some(opened) = opened.filter(|opened| opened.sources.is_same(sources)) else {
        return;
    };
    opened.unloaded = findings.diagnoses;
    checks::load_diagnosed(model);
    show_new_trouble(model);
}

/// Takes the colours of a source: of a file that is shown, or of the text that is edited.
pub fn highlighted(model: &mut Model, source: &str, tokens: Tokens) {
    let Some(opened) = &mut model.session.opened else {
        return;
    };
    if let Some(editing) = &mut model.session.editor
        && editing.is_plain(source)
    {
        let lines = editing.text.lines().to_vec();
        editing.colours = Some((lines, tokens.clone()));
    }
    if opened.source == source {
        opened.tokens = Some(tokens);
    } else if let Some(other) = opened
        .others
        .values_mut()
        .flatten()
        .find(|other| other.source == source)
    {
        other.tokens = Some(tokens);
    }
}

/// Takes a file of the project that was read.
pub fn file_read(model: &mut Model, file: String, source: String) -> Vec<Effect> {
    let Some(opened) = &mut model.session.opened else {
        return Vec::new();
    };
    let other = OtherFile {
        source: source.clone(),
        tokens: None,
    };
    opened.others.insert(file, Some(other));
    show_new_trouble(model);
    vec![Effect::Highlight(source)]
}

/// The application's file alone, until its other ones are known.
fn file_of(file: Option<&Path>, source: &str) -> Sources {
    file.map_or_else(Sources::default, |file| {
        Sources::of(file.to_string_lossy(), source)
    })
}

//! How messages change the model. Pure: what is to be done outside is answered as effects.

mod choice;
mod editor;
mod export;
mod history;
mod keys;
mod lesson;
mod mouse;
mod page;
mod panes;
mod playback;
mod requests;
mod scroll;
mod session;
mod shown;

use crate::exchange::EventKind;
use crate::session::SessionEvent;
use crate::tui::effect::Effect;
use crate::tui::message::Message;
use crate::tui::state::Model;
use editor::cursor;
use scroll::keep_scroll;

/// Takes a message into the model, and says what is to be done.
pub fn update(model: &mut Model, message: Message) -> Vec<Effect> {
    if is_within_call(&message) {
        // There may be thousands before the next frame, and none changes a size.
        let mut effects = take(model, message);
        effects.extend(session::ask_for_file(model));
        effects.extend(page::order(model));
        return effects;
    }
    let edited = model.session.editor.is_some();
    let before = cursor::cursor_in_view(model);
    let mut effects = take(model, message);
    cursor::keep_in_view(model, before);
    if edited && model.session.editor.is_none() {
        // What is shown now may be shorter.
        keep_scroll(model);
    }
    effects.extend(session::ask_for_file(model));
    // Whatever happened, another page may have to be shown now, or the same at another width.
    effects.extend(page::order(model));
    effects
}

/// Whether it is one of the things that an application does over and over.
fn is_within_call(message: &Message) -> bool {
    let Message::Session(SessionEvent::Exchange(_, event)) = message else {
        return false;
    };
    matches!(
        event.kind,
        EventKind::Line(_)
            | EventKind::Suspended(_)
            | EventKind::Block { .. }
            | EventKind::BytesSent { .. }
            | EventKind::InputRead { .. }
            | EventKind::Printed { .. }
            | EventKind::Logged { .. }
    )
}

fn take(model: &mut Model, message: Message) -> Vec<Effect> {
    match message {
        Message::Key(key) => return keys::pressed(model, key),
        Message::Paste(text) => return keys::paste(model, &text),
        Message::Mouse(mouse) => return mouse::clicked(model, mouse),
        Message::Resize(columns, rows) => {
            model.size = (columns, rows);
            keep_scroll(model);
        }
        Message::Session(event) => return session::happened(model, event),
        Message::Opened {
            subject,
            file,
            source,
            broken,
        } => return session::opened(model, subject, file, source, broken),
        Message::FileRead { file, source } => return session::file_read(model, file, source),
        Message::Highlighted { source, tokens } => session::highlighted(model, &source, tokens),
        Message::LoadDiagnosed { sources, findings } => {
            session::load_diagnosed(model, &sources, findings);
        }
        Message::Diagnosed { id, findings } => return history::diagnosed(model, id, findings),
        Message::Lesson(message) => return lesson::take(model, message),
        Message::Editor(message) => return editor::take(model, message),
        Message::Paged { source, page } => {
            model.session.pages.take(source, page);
            keep_scroll(model);
        }
        Message::Notice(notice) => model.notice = Some(notice),
        Message::Continued => {}
        // The file is watched; what was saved comes as an event, to all but the editor here.
        Message::Edited => return editor::saving::read_again(model).into_iter().collect(),
        Message::Suspend => return vec![Effect::Suspend { job: false }],
        Message::Quit => return vec![Effect::Quit],
    }
    Vec::new()
}

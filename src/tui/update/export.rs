//! What can be taken along: to the clipboard, as a command, as a file, or once more over the wire.

use crate::browser::{self, CurlError};
use crate::exchange::Phase;
use crate::recording::Recording;
use crate::tui::action::ExportAction;
use crate::tui::content::clip::{self, Clip};
use crate::tui::content::content;
use crate::tui::effect::Effect;
use crate::tui::state::Model;

/// More bytes no terminal takes.
const MAX_CLIPBOARD: usize = 100 * 1024;

/// Does what a key asks for.
pub fn act(model: &mut Model, action: ExportAction) -> Vec<Effect> {
    match action {
        ExportAction::Copy => copy(model),
        ExportAction::CopyCurl => copy_curl(model),
        ExportAction::Resend => resend(model),
        ExportAction::Save => save(model),
    }
}

/// Copies what is selected in the pane with the focus.
fn copy(model: &mut Model) -> Vec<Effect> {
    let clip = content(model.session.focus).clip(model);
    to_clipboard(model, clip)
}

/// Copies the request that is shown as a command.
fn copy_curl(model: &mut Model) -> Vec<Effect> {
    let clip = clip::curl(model);
    to_clipboard(model, clip)
}

/// Copies a text, of which `what` is the name.
pub fn copy_text(model: &mut Model, what: &str, text: String) -> Vec<Effect> {
    let clip = Clip {
        what: what.to_owned(),
        bytes: text.into_bytes(),
        divisible: false,
    };
    to_clipboard(model, Some(Ok(clip)))
}

fn to_clipboard(model: &mut Model, clip: Option<Result<Clip, CurlError>>) -> Vec<Effect> {
    let clip = match clip {
        Some(Ok(clip)) => clip,
        Some(Err(why)) => {
            model.notice = Some(why.to_string());
            return Vec::new();
        }
        None => return Vec::new(),
    };
    let Clip {
        what,
        mut bytes,
        divisible,
    } = clip;
    let whole = bytes.len();
    if whole > MAX_CLIPBOARD && !divisible {
        model.notice = Some(format!(
            "{what} is too long for a clipboard: {whole} bytes; the limit is {MAX_CLIPBOARD}"
        ));
        return Vec::new();
    }
    let cut = if whole > MAX_CLIPBOARD {
        bytes.truncate(end(&bytes));
        format!("; of its {whole} bytes only the first {}", bytes.len())
    } else {
        String::new()
    };
    // The terminal takes it or not, and does not say.
    model.notice = Some(format!("sent to the terminal's clipboard: {what}{cut}"));
    vec![Effect::Copy(bytes)]
}

/// Where text that is too long is cut: not within a character.
fn end(bytes: &[u8]) -> usize {
    let start = |&place: &usize| bytes[place] & 0xc0 != 0x80;
    (MAX_CLIPBOARD - 3..=MAX_CLIPBOARD)
        .rev()
        .find(start)
        .unwrap_or(MAX_CLIPBOARD)
}

/// Sends the request that is shown once more, as it came.
fn resend(model: &mut Model) -> Vec<Effect> {
    let Some(exchange) = model.exchange() else {
        return Vec::new();
    };
    let id = exchange.id;
    match browser::as_received(exchange).map(<[u8]>::to_vec) {
        Ok(bytes) => {
            model.notice = Some(format!("sent request #{id} again, byte for byte"));
            vec![Effect::Resend(bytes)]
        }
        Err(why) => {
            model.notice = Some(format!("request #{id} cannot be sent again: {why}"));
            Vec::new()
        }
    }
}

/// Saves the exchange that is shown.
fn save(model: &mut Model) -> Vec<Effect> {
    let (Some(exchange), Some(opened)) = (model.exchange(), &model.session.opened) else {
        return Vec::new();
    };
    let file = opened.file.as_ref().map(|file| file.to_string_lossy());
    let name = opened.file.as_ref().and_then(|file| file.file_name());
    let app = match opened.target() {
        Some(target) => target.label(),
        None => name.unwrap_or_default().to_string_lossy().into_owned(),
    };
    let lesson = model.lesson().map(|lesson| lesson.number);
    let unfinished = exchange.now().phase != Phase::Finished;
    let recording = Recording::of(exchange, lesson, &app, file.as_deref(), &opened.source);
    if unfinished {
        model.notice = Some(format!(
            "request #{} is still running; what happened so far is saved",
            recording.first()
        ));
    }
    vec![Effect::Save(Box::new(recording))]
}

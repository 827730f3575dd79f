//! What can be taken along: to the clipboard, as a command, as a file, or once more over the wire.

use crate::browser;
use crate::exchange::{Exchange, Phase, header, sentence};
use crate::recording::Recording;
use crate::tui::effect::Effect;
use crate::tui::state::model::{Model, Pane};
use crate::tui::view::environ_value;

/// More bytes no terminal takes.
const MAX_CLIPBOARD: usize = 100 * 1024;

/// Where a server would be when nothing says where it was.
const DEFAULT_URL: &str = "http://127.0.0.1:8080";

/// Something to copy, and what it is.
struct Piece {
    what: String,
    bytes: Vec<u8>,
    /// Whether a part of it is of any use.
    divisible: bool,
}

impl Piece {
    fn text(what: impl Into<String>, text: impl Into<Vec<u8>>) -> Self {
        Self {
            what: what.into(),
            bytes: text.into(),
            divisible: true,
        }
    }
}

/// Whether there is something to copy in the pane with the focus.
pub fn can_copy(model: &Model) -> bool {
    match model.focus {
        Pane::Lesson => false,
        Pane::Source => model.opened.as_ref().is_some_and(|it| it.file.is_some()),
        Pane::Environ => environ_value(model).is_some(),
        Pane::Response => model.exchange().is_some() && model.moment().body.length > 0,
        Pane::Requests => can_curl(model),
        Pane::Timeline => model.exchange().is_some(),
    }
}

/// Whether the request that is shown can be a command.
pub fn can_curl(model: &Model) -> bool {
    let now = model.exchange().map(Exchange::now);
    now.is_some_and(|now| now.request.is_some() && now.refused.is_none())
}

/// Copies what is selected in the pane with the focus.
pub fn copy(model: &mut Model) -> Vec<Effect> {
    if model.focus == Pane::Requests {
        return copy_curl(model);
    }
    let piece = selected(model);
    piece.map_or_else(Vec::new, |piece| to_clipboard(model, piece))
}

/// Copies the request that is shown as a command.
pub fn copy_curl(model: &mut Model) -> Vec<Effect> {
    match command(model) {
        Some(Ok(piece)) => to_clipboard(model, piece),
        Some(Err(why)) => {
            model.notice = Some(why);
            Vec::new()
        }
        None => Vec::new(),
    }
}

fn selected(model: &Model) -> Option<Piece> {
    match model.focus {
        Pane::Lesson | Pane::Requests => None,
        Pane::Source => {
            let file = model.opened.as_ref()?.file.as_ref()?;
            let path = file.to_string_lossy().into_owned();
            Some(Piece::text("the path of the file", path))
        }
        Pane::Environ => {
            let (key, repr) = environ_value(model)?;
            Some(Piece::text(format!("the value of {key}"), repr))
        }
        Pane::Response => {
            let body = &model.moment().body;
            let what = if body.is_whole() {
                "the body".to_owned()
            } else {
                format!("of the body, {} bytes long, what was kept", body.length)
            };
            Some(Piece::text(what, body.kept.clone()))
        }
        Pane::Timeline => {
            let events = model.exchange()?.events();
            let last = events.len().checked_sub(1)?;
            let at = model
                .playback
                .as_ref()
                .map_or(last, |playback| playback.at.min(last));
            Some(Piece::text("the event", sentence(&events[at].kind)))
        }
    }
}

fn command(model: &Model) -> Option<Result<Piece, String>> {
    let exchange = model.exchange()?;
    let request = exchange.now().request.as_ref()?;
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._:[]".contains(&byte);
    let url = match (&model.server.url, header(&request.headers, "Host")) {
        (Some(url), _) => url.clone(),
        (None, Some(host)) if !host.is_empty() && host.bytes().all(plain) => {
            format!("http://{host}")
        }
        (None, _) => DEFAULT_URL.to_owned(),
    };
    let chunked = if header(&request.headers, "Transfer-Encoding").is_some() {
        ", which sends its body in chunks of curl's own"
    } else {
        ""
    };
    let what = format!("request #{} as a curl command{chunked}", exchange.id);
    Some(browser::curl(&url, request).map(|command| Piece {
        what,
        bytes: command.into_bytes(),
        divisible: false,
    }))
}

fn to_clipboard(model: &mut Model, piece: Piece) -> Vec<Effect> {
    let Piece {
        what,
        mut bytes,
        divisible,
    } = piece;
    let whole = bytes.len();
    if whole > MAX_CLIPBOARD && !divisible {
        model.notice = Some(format!(
            "{what} is too long for a clipboard: {whole} bytes, and {MAX_CLIPBOARD} are the most"
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
pub fn resend(model: &mut Model) -> Vec<Effect> {
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
pub fn save(model: &mut Model) -> Vec<Effect> {
    let (Some(exchange), Some(opened)) = (model.exchange(), &model.opened) else {
        return Vec::new();
    };
    let file = opened.file.as_ref().map(|file| file.to_string_lossy());
    let name = opened.file.as_ref().and_then(|file| file.file_name());
    let app = match opened.target() {
        Some(target) => target.label(),
        None => name.unwrap_or_default().to_string_lossy().into_owned(),
    };
    let lesson = model.teaching().map(|lesson| lesson.number);
    let unfinished = exchange.now().phase != Phase::Finished;
    let recording = Recording::of(exchange, lesson, &app, file.as_deref(), &opened.source);
    if unfinished {
        model.notice = Some(format!(
            "request #{} goes on; what happened so far is saved",
            recording.first()
        ));
    }
    vec![Effect::Save(Box::new(recording))]
}

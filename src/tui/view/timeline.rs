//! The events of the exchange that is shown, as a conversation of client, server and application.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use super::pane;
use crate::exchange::{BlockSource, EventKind, Exchange, sentence};
use crate::tui::state::model::{Model, Pane};
use crate::tui::text::{cut, duration};
use crate::tui::theme::Role;

/// Columns for the microseconds since the exchange began, and for the arrow.
const TIME: usize = 8;
/// Columns for the bars, and from which width there is room for them.
const BAR: usize = 16;
const WITH_BARS: usize = 118;
const ARROW: usize = 23;
/// Columns for the short arrow, and from which width there is room for the long one.
const SHORT_ARROW: usize = 7;
const ROOMY: usize = 100;

/// Who does something to whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Arrow {
    ClientToServer,
    ServerToClient,
    ServerToApp,
    AppToServer,
    Server,
    App,
}

impl Arrow {
    fn of(kind: &EventKind) -> Self {
        match kind {
            EventKind::ConnectionOpened { .. }
            | EventKind::BytesReceived { .. }
            | EventKind::ClientGone => Self::ClientToServer,
            EventKind::HeadersSent { .. } | EventKind::BytesSent { .. } => Self::ServerToClient,
            EventKind::AppCalled { .. } | EventKind::CloseCalled => Self::ServerToApp,
            EventKind::InputRead { .. }
            | EventKind::StartResponse(_)
            | EventKind::Returned { .. }
            | EventKind::Raised(_)
            | EventKind::Logged { .. }
            | EventKind::Block {
                source: BlockSource::Write | BlockSource::Iterable,
                ..
            } => Self::AppToServer,
            EventKind::Line(_)
            | EventKind::RuleBroken(_)
            | EventKind::Suspended(_)
            | EventKind::Printed { .. }
            | EventKind::TimedOut(_)
            | EventKind::WorkerDied { .. }
            | EventKind::EnvironChanged { .. } => Self::App,
            EventKind::RequestRead(_)
            | EventKind::Refused(_)
            | EventKind::EnvironBuilt { .. }
            | EventKind::TraceStopped { .. }
            | EventKind::Superseded
            | EventKind::Interrupted
            | EventKind::Waiting { .. }
            | EventKind::NotRecorded { .. }
            | EventKind::Finished
            | EventKind::Block { .. } => Self::Server,
        }
    }

    /// Client, server and app from left to right, and what goes between them; in long and short.
    fn drawn(self) -> (&'static str, &'static str) {
        match self {
            Self::ClientToServer => ("client ─▶ server", "c─▶s"),
            Self::ServerToClient => ("client ◀─ server", "c◀─s"),
            Self::ServerToApp => ("          server ─▶ app", "   s─▶a"),
            Self::AppToServer => ("          server ◀─ app", "   s◀─a"),
            Self::Server => ("          server", "   s"),
            Self::App => ("                    app", "      a"),
        }
    }
}

/// Draws the list around the moment that is shown.
pub fn draw(model: &Model, frame: &mut Frame<'_>, area: Rect) {
    let exchange = model.exchange();
    let total = exchange.map_or(0, |exchange| exchange.events().len());
    let state = match &model.playback {
        Some(held) => format!("{} of {total}: esc returns to now", held.at + 1),
        None => "→ steps through it".to_owned(),
    };
    let title = match exchange {
        Some(exchange) => format!("timeline of #{}", exchange.id),
        None => "timeline".to_owned(),
    };
    pane::frame_of(model, Pane::Timeline, &title, &state, frame, area);
    let inner = pane::inner(area);
    let height = usize::from(inner.height);
    let scroll = model
        .scroll
        .of(Pane::Timeline)
        .min(total.saturating_sub(height));
    let lines: Vec<Line<'_>> = (scroll..total.min(scroll + height))
        .filter_map(|place| Some(line(model, exchange?, place, usize::from(inner.width))))
        .collect();
    frame.render_widget(Paragraph::new(lines), inner);
    pane::mark_more(model, frame, area, scroll, total);
}

/// The event that has just happened, in one line, where there is no room for the list.
pub fn draw_strip(model: &Model, frame: &mut Frame<'_>, area: Rect) {
    let (Some(exchange), Some(held)) = (model.exchange(), &model.playback) else {
        return;
    };
    let Some(event) = exchange.events().get(held.at) else {
        return;
    };
    let count = format!(" {}/{} ", held.at + 1, exchange.events().len());
    let text = format!("{} {}", duration(event.at_us), sentence(&event.kind));
    let room = usize::from(area.width).saturating_sub(count.chars().count());
    let line = Line::from(vec![
        Span::styled(count, model.theme.style(Role::Key)),
        Span::styled(cut(&text, room), model.theme.style(Role::Strong)),
    ]);
    frame.render_widget(line, area);
}

/// What part of the exchange's time passed before this event, and when: the bars of all events make
/// a waterfall in which a slow app and a slow client look different.
fn bar(exchange: &Exchange, place: usize) -> String {
    let events = exchange.events();
    let at = |place: usize| events.get(place).map_or(0, |event| event.at_us);
    let total = exchange.duration_us().max(1);
    let columns = |us: u64| {
        let us = us.min(total);
        usize::try_from(us * BAR as u64 / total).unwrap_or(BAR)
    };
    let from = columns(place.checked_sub(1).map_or(0, at)).min(BAR - 1);
    let to = columns(at(place)).clamp(from, BAR);
    let filled = if to > from {
        "█".repeat(to - from)
    } else {
        "▏".to_owned()
    };
    format!("{}{filled:<rest$}  ", " ".repeat(from), rest = BAR - from)
}

fn line(model: &Model, exchange: &Exchange, place: usize, width: usize) -> Line<'static> {
    let Some(event) = exchange.events().get(place) else {
        return Line::default();
    };
    let at = model.playback.as_ref().map(|playback| playback.at);
    let (mark, role) = match at {
        Some(at) if at == place => ('▸', Role::Selected),
        Some(at) if at < place => (' ', Role::Dim),
        _ => (' ', Role::Plain),
    };
    let (long, short) = Arrow::of(&event.kind).drawn();
    let arrow = if width >= ROOMY {
        format!("{long:<ARROW$}  ")
    } else {
        format!("{short:<SHORT_ARROW$}  ")
    };
    let bar = if width >= WITH_BARS {
        bar(exchange, place)
    } else {
        String::new()
    };
    let text = format!(
        "{mark}{:>TIME$} µs  {bar}{arrow}{}",
        event.at_us,
        sentence(&event.kind)
    );
    Line::styled(
        format!("{:<width$}", cut(&text, width)),
        model.theme.style(role),
    )
}

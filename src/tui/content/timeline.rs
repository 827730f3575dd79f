//! The events of the exchange that is shown, as a conversation of client, server and application.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::clip::Clip;
use super::pane::{PaneContent, PaneText};
use crate::browser::CurlError;
use crate::exchange::{BlockSource, EventKind, Exchange, sentence};
use crate::tui::state::model::Model;
use crate::tui::text::{cut, duration};
use crate::tui::theme::Role;

/// Columns for the microseconds since the exchange began, and for the arrow.
const TIME_WIDTH: usize = 8;
/// Columns for the bars, and from which width there is room for them.
const BAR_WIDTH: usize = 16;
const MIN_WIDTH_FOR_BARS: usize = 118;
const ARROW_WIDTH: usize = 23;
/// Columns for the short arrow, and from which width there is room for the long one.
const SHORT_ARROW_WIDTH: usize = 7;
const MIN_WIDTH_FOR_ARROWS: usize = 100;

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
            | EventKind::Interrupted { .. }
            | EventKind::Waiting { .. }
            | EventKind::NotRecorded { .. }
            | EventKind::Finished
            | EventKind::Block { .. } => Self::Server,
        }
    }

    /// Client, server and app from left to right, and what goes between them; in long and short.
    fn text(self) -> (&'static str, &'static str) {
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

/// The list of events.
pub struct TimelinePane;

impl PaneContent for TimelinePane {
    fn title(&self, model: &Model) -> String {
        match model.exchange() {
            Some(exchange) => format!("timeline of #{}", exchange.id),
            None => "timeline".to_owned(),
        }
    }

    fn state(&self, model: &Model) -> String {
        match &model.session.playback {
            Some(playback) => {
                let total = events(model);
                format!("{} of {total}: esc returns to now", playback.at + 1)
            }
            None => "→ goes through it".to_owned(),
        }
    }

    fn text<'m>(&self, model: &'m Model, inner: Rect) -> PaneText<'m> {
        let Some(exchange) = model.exchange() else {
            return PaneText::of(Vec::new());
        };
        let width = usize::from(inner.width);
        PaneText::new(exchange.events().len(), move |shown| {
            shown
                .map(|place| line(model, exchange, place, width))
                .collect()
        })
    }

    fn can_copy(&self, model: &Model) -> bool {
        model.exchange().is_some()
    }

    fn clip(&self, model: &Model) -> Option<Result<Clip, CurlError>> {
        let last = model.events().last()?;
        Some(Ok(Clip::text("the event", sentence(&last.kind))))
    }
}

fn events(model: &Model) -> usize {
    model.exchange().map_or(0, |it| it.events().len())
}

/// The event that has just happened, in one line, where there is no room for the list.
pub fn strip(model: &Model, width: u16) -> Option<Line<'static>> {
    let (exchange, playback) = (model.exchange()?, model.session.playback.as_ref()?);
    let event = exchange.events().get(playback.at)?;
    let count = format!(" {}/{} ", playback.at + 1, exchange.events().len());
    let text = format!("{} {}", duration(event.at_us), sentence(&event.kind));
    let room = usize::from(width).saturating_sub(count.chars().count());
    Some(Line::from(vec![
        Span::styled(count, model.theme.style(Role::Key)),
        Span::styled(cut(&text, room), model.theme.style(Role::Strong)),
    ]))
}

/// What part of the exchange's time passed before this event, and when: the bars of all events make
/// a waterfall in which a slow app and a slow client look different.
fn bar(exchange: &Exchange, place: usize) -> String {
    let events = exchange.events();
    let at = |place: usize| events.get(place).map_or(0, |event| event.at_us);
    let total = exchange.duration_us().max(1);
    let columns = |us: u64| {
        let us = us.min(total);
        usize::try_from(us * BAR_WIDTH as u64 / total).unwrap_or(BAR_WIDTH)
    };
    let from = columns(place.checked_sub(1).map_or(0, at)).min(BAR_WIDTH - 1);
    let to = columns(at(place)).clamp(from, BAR_WIDTH);
    let filled = if to > from {
        "█".repeat(to - from)
    } else {
        "▏".to_owned()
    };
    format!(
        "{}{filled:<rest$}  ",
        " ".repeat(from),
        rest = BAR_WIDTH - from
    )
}

fn line(model: &Model, exchange: &Exchange, place: usize, width: usize) -> Line<'static> {
    let Some(event) = exchange.events().get(place) else {
        return Line::default();
    };
    let at = model.session.playback.as_ref().map(|playback| playback.at);
    let (mark, role) = match at {
        Some(at) if at == place => ('▸', Role::Selected),
        Some(at) if at < place => (' ', Role::Dim),
        _ => (' ', Role::Plain),
    };
    let (long, short) = Arrow::of(&event.kind).text();
    let arrow = if width >= MIN_WIDTH_FOR_ARROWS {
        format!("{long:<ARROW_WIDTH$}  ")
    } else {
        format!("{short:<SHORT_ARROW_WIDTH$}  ")
    };
    let bar = if width >= MIN_WIDTH_FOR_BARS {
        bar(exchange, place)
    } else {
        String::new()
    };
    let text = format!(
        "{mark}{:>TIME_WIDTH$} µs  {bar}{arrow}{}",
        event.at_us,
        sentence(&event.kind)
    );
    Line::styled(
        format!("{:<width$}", cut(&text, width)),
        model.theme.style(role),
    )
}

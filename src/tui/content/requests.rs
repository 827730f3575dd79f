//! The list of requests, newest last.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::clip::{self, Clip};
use super::mistake;
use super::pane::{PaneContent, PaneText};
use crate::browser::{self, CurlError};
use crate::diagnosis::Severity;
use crate::exchange::{
    EndedEarly, Exchange, ExchangeId, Moment, Phase, Refused, RequestRead, header, visible,
    visible_bytes,
};
use crate::tui::state::model::Model;
use crate::tui::state::requests;
use crate::tui::text::{cut, duration};
use crate::tui::theme::Role;

/// From this width on there is room for the longest usual status, with its mark.
const MIN_WIDTH_FOR_STATUS: usize = 100;
/// Columns for the time and the gap after it.
const TIME_WIDTH: usize = 12;
/// Fewer columns of a client's name are not shown.
const MIN_CLIENT_WIDTH: usize = 8;
/// More of a first line is never visible.
const MAX_FIRST_LINE: usize = 128;

/// The list of requests.
pub struct RequestsPane;

impl PaneContent for RequestsPane {
    fn title(&self, _: &Model) -> String {
        "requests".to_owned()
    }

    fn state(&self, model: &Model) -> String {
        let state = if model.session.chosen.is_some() {
            "held: esc follows the latest"
        } else {
            "following the latest"
        };
        state.to_owned()
    }

    fn text<'m>(&self, model: &'m Model, inner: Rect) -> PaneText<'m> {
        let width = usize::from(inner.width);
        let rows = requests::rows(model);
        PaneText::new(rows.len(), move |shown| {
            let selected = requests::row_shown(model, &rows);
            let seen = rows.iter().enumerate().skip(shown.start).take(shown.len());
            seen.filter_map(|(number, row)| {
                let exchange = model.session.history.at(row.place)?;
                let is_selected = number == selected;
                Some(line(model, exchange, is_selected, row.checks, width))
            })
            .collect()
        })
    }

    fn can_copy(&self, model: &Model) -> bool {
        clip::can_curl(model)
    }

    fn clip(&self, model: &Model) -> Option<Result<Clip, CurlError>> {
        clip::curl(model)
    }
}

/// One line for the shown request, where there is no room for the list.
pub fn strip(model: &Model, width: u16) -> Option<Line<'static>> {
    let exchange = model.exchange()?;
    Some(line(model, exchange, true, 1, usize::from(width)))
}

/// What an exchange is called: its number, and its method and target where they are known at this
/// moment of it.
pub fn name(id: ExchangeId, moment: &Moment) -> String {
    match &moment.request {
        Some(request) => format!("#{id} {}", method_and_target(request)),
        None => format!("#{id}"),
    }
}

fn method_and_target(request: &RequestRead) -> String {
    format!("{} {}", visible(&request.method), visible(&request.target))
}

fn line(
    model: &Model,
    exchange: &Exchange,
    selected: bool,
    checks: usize,
    width: usize,
) -> Line<'static> {
    let theme = model.theme;
    let moment = exchange.now();
    let mark = match (selected, model.session.marked == Some(exchange.id)) {
        (true, _) => "▸",
        (false, true) => "◆",
        (false, false) => " ",
    };
    let request = match (&moment.request, &moment.refused) {
        (Some(request), _) => method_and_target(request),
        (None, Some(refused)) => first_line(moment, refused),
        (None, None) => "(arriving)".to_owned(),
    };
    let (role, status) = marked(model, exchange.id, status(moment));
    let time = duration(exchange.duration_us());
    let (columns, client_columns) = if width >= MIN_WIDTH_FOR_STATUS {
        (28, 26)
    } else {
        (20, 18)
    };
    // Eight: the mark, the number, two gaps.
    let request_width = width
        .saturating_sub(8 + columns + TIME_WIDTH + client_columns)
        .clamp(18, 90);
    let client = match checks {
        1 => client(exchange),
        many => format!("one of {many} checks"),
    };
    let base = if selected {
        theme.style(Role::Strong)
    } else {
        theme.style(Role::Plain)
    };
    let left = format!(
        "{mark}#{:<4} {:<request_width$} ",
        exchange.id,
        cut(&request, request_width)
    );
    let room = width.saturating_sub(left.chars().count());
    let status = cut(&status, columns.min(room));
    let room = room.saturating_sub(columns);
    // A letter or two of a name say nothing.
    let rest = if room < TIME_WIDTH + MIN_CLIENT_WIDTH {
        format!("{time:>10}")
    } else {
        format!("{time:>10}  {client}")
    };
    let rest = cut(&rest, room);
    Line::from(vec![
        Span::styled(left, base),
        Span::styled(format!("{status:<columns$}"), theme.style(role)),
        Span::styled(rest, theme.style(Role::Dim)),
    ])
}

/// The first line of a refused request, as it came.
fn first_line(moment: &Moment, refused: &Refused) -> String {
    let bytes = [&moment.bytes_in, &refused.bytes]
        .into_iter()
        .find(|bytes| !bytes.kept.is_empty());
    let Some(bytes) = bytes else {
        return "(nothing was sent)".to_owned();
    };
    let bytes = &bytes.kept[..bytes.kept.len().min(MAX_FIRST_LINE)];
    let end = bytes.windows(2).position(|pair| pair == b"\r\n");
    visible_bytes(&bytes[..end.unwrap_or(bytes.len())])
}

fn status(moment: &Moment) -> (Role, String) {
    if let Some(refused) = &moment.refused {
        return (Role::Bad, format!("✗ refused, {}", refused.status));
    }
    let failed =
        moment.error.is_some() || moment.worker_died.is_some() || moment.timed_out.is_some();
    match moment.ended_early {
        Some(EndedEarly::ForASave) => return (Role::Bad, "✗ ended for a save".to_owned()),
        Some(EndedEarly::ForTheNextPage) => {
            return (Role::Bad, "✗ ended for the next page".to_owned());
        }
        Some(EndedEarly::ByHand) => return (Role::Bad, "✗ ended by hand".to_owned()),
        None => {}
    }
    match moment.status() {
        Some(status) if failed => (Role::Bad, format!("✗ {}", visible(status))),
        Some(status) => (Role::Good, visible(status)),
        None if moment.client_gone => (Role::Bad, "✗ client went away".to_owned()),
        None if moment.phase == Phase::Finished => (Role::Bad, "✗ no answer".to_owned()),
        None => (Role::Dim, "…".to_owned()),
    }
}

/// The status with a mark of the worst mistake, and how many there are or which it is.
fn marked(model: &Model, id: ExchangeId, (role, status): (Role, String)) -> (Role, String) {
    let found = model
        .session
        .diagnoses
        .get(&id)
        .map_or(&[][..], Vec::as_slice);
    let of = |severity| found.iter().find(|found| found.severity == severity);
    let Some(worst) = of(Severity::Error).or_else(|| of(Severity::Warning)) else {
        return (role, status);
    };
    let (role, sign) = (mistake::role(worst.severity), mistake::sign(worst.severity));
    let what = match found.len() {
        1 => worst.slug().to_owned(),
        many => format!("{many} mistakes"),
    };
    let status = status.trim_start_matches("✗ ");
    (role, format!("{sign} {status}: {what}"))
}

/// Who asked: a check of the tutor's, or the program's name from User-Agent, such as `curl/8.1`.
fn client(exchange: &Exchange) -> String {
    let moment = exchange.now();
    if moment.request.as_deref().is_some_and(browser::is_for_check) {
        return "check".to_owned();
    }
    if requests::is_by_itself(exchange) {
        return "a browser, by itself".to_owned();
    }
    let agent = moment.request.as_ref().and_then(|request| {
        let agent = header(&request.headers, "user-agent")?;
        agent.split(' ').next()
    });
    visible(agent.unwrap_or(&moment.peer))
}
